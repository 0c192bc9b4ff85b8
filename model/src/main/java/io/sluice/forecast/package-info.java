/**
 * One reading in, one forecast out, and what a series remembers in between.
 *
 * <pre>
 *   Reading ──► Forecaster.advance ──► Forecast, Verdict, or late
 *                 │          ▲
 *                 └─ Memory ─┘      one compact value a series; each part knows its own bytes
 *
 *   Door      which readings are stepped          Normaliser   where a series lies, how far it spreads
 *   Judge     what a reading says of forecasts    Recent       its last values
 *   Intake    missing, normalised, learnt         Context      its last inputs
 *   Encoder   Features in, h and c moved          Encoding     h and c, and whose
 *   Outlook   network or Baseline, calibrated     Outstanding, Calibration, Stride
 * </pre>
 *
 * <p>Of a series of symbols {@code SymbolForecaster} does the work of the four below the Door, and {@code symbols.Transcript}
 * is what it remembers.
 *
 * <p>Read {@code Forecaster} first, then {@code Memory}. The left column keeps nothing of any series; the right column is
 * the memory's parts. An {@code Understudy} moves a {@code Shadow} beside them where a second model is measured.
 */
package io.sluice.forecast;
