package io.sluice.contest;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Wealth of gamblers, each of whom stakes the same share of it on one side, round after round. Their mean is the evidence
 * for that side.
 *
 * <pre>
 *   wealth f64 × stakes
 * </pre>
 */
final class Wager {
  /** Evidence that decides: reached by chance once in a hundred contests at most. */
  static final double ENOUGH = 100;

  /** A round counts as an advantage of at most so much. */
  static final double MOST = 0.05;

  /** Shares of the wealth: small ones for faint advantages, large ones for plain ones. */
  private static final double[] STAKES = {0.05, 0.1, 0.2, 0.4, 0.7, 0.95};

  private final double[] wealth = new double[STAKES.length];

  Wager() {
    Arrays.fill(wealth, 1);
  }

  /** @param advantage of the side that is staked on */
  void settle(double advantage) {
    double gain = Math.max(-MOST, Math.min(MOST, advantage)) / MOST;
    for (int i = 0; i < wealth.length; i++) {
      wealth[i] = Math.min(wealth[i] * (1 + STAKES[i] * gain), Double.MAX_VALUE / wealth.length);
    }
  }

  double evidence() {
    double sum = 0;
    for (double one : wealth) {
      sum += one;
    }
    return sum / wealth.length;
  }

  void write(DataOutput out) throws IOException {
    for (double one : wealth) {
      out.writeDouble(one);
    }
  }

  void read(DataInput in) throws IOException {
    for (int i = 0; i < wealth.length; i++) {
      wealth[i] = in.readDouble();
    }
  }
}
