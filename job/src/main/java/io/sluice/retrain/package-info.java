/**
 * Learning from readings where they lie: the operator, its coordinator and what they say to each other.
 *
 * <pre>
 *   readings ──keyBy(series)──► RetrainOperator ─────────────► parts of a release
 *                                 History, Lesson    ▲ │ Message
 *                                                    │ ▼
 *                               RoundCoordinator: Round
 * </pre>
 *
 * <p>Each subtask keeps the histories of its series and cuts its windows from them; weights travel, windows never do. They
 * learn for a while, meet at their mean, go on from there, and in the end measure what came of it on later readings.
 */
package io.sluice.retrain;
