/**
 * Everything at once in one process: a broker, a fleet of simulated sensors, Flink, the job that forecasts and the one that
 * retrains.
 *
 * <pre>
 *   Fleet ──► readings ─┬► forecast job ──► forecasts, verdicts, dead letters ──► Tally ──► live line, summary.json
 *     │                 │      ▲                                                    │
 *     │                 └► retraining job ──► weights ─────────────────────────────┤
 *     └────────────── faults whose truth is known ─────────────────────────────────┘
 * </pre>
 */
package io.sluice.demo;
