/**
 * What retraining keeps of the readings.
 *
 * <pre>
 *   readings ──keyBy(series)──► History: the last of them, in chunks
 * </pre>
 */
package io.sluice.retrain;
