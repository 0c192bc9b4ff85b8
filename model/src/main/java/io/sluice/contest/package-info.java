/**
 * Which of two models forecasts better, told from live events while they come.
 *
 * <pre>
 *   series ── Score ──┐   a round's relative advantage of the challenger, in [−1, 1]
 *   series ── Score ──┼──► Contest ── mean of a round ──► Wager ── evidence ──► Outcome
 *   series ── Score ──┘   (what a round's forecasts lost, both models on the same readings)
 * </pre>
 *
 * <p><b>What is measured.</b> Both models foretell the same readings of the same series. In a round of event time the
 * champion loses A and the challenger B, pinball loss over all leads and quantiles, in the units of the series; the advantage
 * is (A − B) / (A + B), so loud and quiet series weigh alike. Only forecasts that were made within the round and whose
 * readings came within it count. The mean over the series of a round is one observation, cut off at ±{@code Wager.MOST}:
 * however much the series of a fleet have in common, it is one.
 *
 * <p><b>The test.</b> The null hypothesis: at the beginning of every round, whatever has been seen, the expected cut-off
 * advantage of the challenger is at most 0. Then the wealth of somebody who stakes a fixed share of it on the challenger,
 * round after round, is a supermartingale that begins at 1, and so is the mean over several stakes, the evidence e. By Ville's
 * inequality it ever reaches {@code Wager.ENOUGH} = 100 with a probability of at most 1 in 100, however often one looks and
 * whenever one stops. The same wager the other way round tells a challenger that is worse. Rounds do not overlap and no
 * forecast spans two of them, so forecasts of several leads, errors that hang together and common weather do no harm to that
 * bound; few rounds cost power alone.
 *
 * <p>Sums are whole numbers: scores may come in any order and give the same bits.
 */
package io.sluice.contest;
