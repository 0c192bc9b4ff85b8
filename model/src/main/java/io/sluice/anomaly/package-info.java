/**
 * How surprising a reading is, given the forecast made before it: calibrated intervals, verdicts, episodes.
 *
 * <p>Knows numbers and their short history, not networks: the forecaster tells it what was expected and what arrived.
 */
package io.sluice.anomaly;
