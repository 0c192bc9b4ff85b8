/**
 * One reading in, one forecast out, and what a series remembers in between.
 *
 * <pre>
 *   Reading ──► Forecaster.advance ──► Forecast, Verdict
 *                 │          ▲
 *                 └─ Memory ─┘      one compact value a series
 * </pre>
 */
package io.sluice.forecast;
