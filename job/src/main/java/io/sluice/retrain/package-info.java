/**
 * Learning from readings where they lie, round after round: the operator, its coordinator and what they say to each other.
 *
 * <pre>
 *   readings ──┬─keyBy(series)──────────────► RetrainOperator ─────────► releases
 *              └─Cuts──► Timetable ──Order──►   Agenda: which rounds, what has come of them
 *                          ▲                    History: what was read, of each series; Sayings: what people said of it
 *   asks ──────────────────┘                       │ readings until the cut
 *                                               Sitting: one round, in a thread of its own
 *                                                  Lesson: its windows, what can be made of them
 *                                                  ▲ │ Message
 *                                                  │ ▼
 *                                               RoundCoordinator, in the JobMaster
 *                                                  Round, Reign ◄── Library: what is published
 * </pre>
 *
 * <p>Each subtask keeps the histories of its series and cuts its windows from them; weights travel, windows never do. They
 * learn for a while, meet at their mean, go on from there, and in the end measure what came of it on later readings.
 *
 * <p>A {@code Tutor} holds the same rounds without Flink, over one series at hand.
 *
 * <p>What is learnt in a round depends on the readings until its cut, the settings, the parallelism, the weights that it
 * began from, and what people had said of those readings when the cut was passed: a round that is held again comes to the
 * same bits.
 *
 * <p>Every round is held, however many are due: which weights come out does not depend on who was faster. Readings wait at
 * their source while rounds are behind ({@code Inflow}). Only what the weights in use have learnt from already is passed over.
 */
package io.sluice.retrain;
