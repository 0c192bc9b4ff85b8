package io.sluice.contest;

/**
 * How one series found the challenger in one round.
 *
 * @param model id of both
 * @param round when it began, epoch milliseconds
 * @param advantage of the challenger, in {@code UNIT}s of [−1, 1]
 * @param forecasts that were compared
 */
public record Score(String model, Pair pair, long round, long advantage, long forecasts) {
  /** Whole numbers add up to the same in any order. */
  static final double UNIT = 1e-9;

  /** From what the two lost in the round. */
  public static long advantage(double champion, double challenger) {
    double sum = champion + challenger;
    return sum > 0 ? Math.round((champion - challenger) / sum / UNIT) : 0;
  }
}
