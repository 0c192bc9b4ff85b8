package io.sluice.online;

import java.io.Serializable;

/**
 * What least squares looks back on, and what it may cost.
 *
 * @param order last deviations from the season that it sees one by one: its work at a reading grows with the square of this
 *     and some 35 more that it sees
 * @param every readings between two solutions, which take the third power; the sums of all readings go into each
 */
public record Regression(int order, int every) implements Serializable {
  /** What has proved good on all kinds of series. */
  public static final Regression STANDARD = new Regression(12, 64);

  private static final int MOST = 128;

  public Regression {
    if (!orders(order) || every < 1) {
      throw new IllegalArgumentException(
          "least squares of order %d, expected 1 to %d, solved every %d readings, expected 1 or more"
              .formatted(order, MOST, every));
    }
  }

  /** Whether there may be such an order. */
  static boolean orders(int order) {
    return order >= 1 && order <= MOST;
  }
}
