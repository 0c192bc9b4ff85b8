/**
 * How surprising a reading is, given the forecast made before it; what it is called, and whether somebody is told.
 *
 * <pre>
 *   expected, actual ──► Wariness ──► surprise 0 to 1
 *          │                 │
 *          └──► Watch ───────┴──► Suspicion (kind, evidence) ──► Bell ──► alert, or the reason for none; Episode
 *        Joint    Stillness, Doubt, Tail                          Vigil, Alerts (Budget, Limits, Calendar)
 * </pre>
 *
 * <p>Knows numbers and their short history, not networks: the forecaster tells it what was expected and what arrived.
 */
package io.sluice.anomaly;
