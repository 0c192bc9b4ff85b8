/**
 * Everything at once in one process: a broker, a fleet of simulated sensors, Flink and the forecast job.
 *
 * <pre>
 *   Fleet ──► readings ──► forecast job ──► forecasts, verdicts, dead letters ──► Tally ──► live line, summary.json
 *     └────────────── faults whose truth is known ─────────────────────────────────┘
 * </pre>
 */
package io.sluice.demo;
