/**
 * The production forecaster over a file, reading by reading, and what it scored.
 *
 * <pre>
 *   CSV ──► Backtest ──► Forecaster ──► Rows ──► forecasts.csv, verdicts.csv
 *              │             ▲ │
 *              ├─► Loop ─────┘ │     networks, each learnt from what had come by then ──► weights
 *              └─► Rivals ─────┴──► Scores ──► Metrics ──► metrics.json
 *                              └──► Chronicle, Moments ──► Report ──► report.html
 * </pre>
 *
 * <p>Series of symbols go the same way by {@code SymbolBacktest}: {@code Oracle}, {@code Frequency} and {@code LastSymbol} are
 * its {@code Soothsayer}s, {@code SymbolScores} keeps their {@code Guesses}, {@code SymbolChronicle} what is drawn, and a
 * {@code Page} either report.
 *
 * <p>Nothing is known of a reading before it is stepped; only the scores look at what came.
 */
package io.sluice.backtest;
