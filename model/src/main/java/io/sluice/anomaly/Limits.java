package io.sluice.anomaly;

import java.io.Serializable;

/**
 * What matters of one variable, in its own units.
 *
 * @param direction in which it must lie aside
 * @param least distance from what was expected
 * @param share of what was expected that the distance must have
 * @param lowest valid value; what lies outside is no measurement: told at once, and not learnt from
 * @param highest valid value
 */
public record Limits(Direction direction, double least, double share, double lowest, double highest)
    implements Serializable {

  /** Sides of what was expected. */
  public enum Direction {
    BOTH,
    UP,
    DOWN
  }

  public static final Limits NONE =
      new Limits(Direction.BOTH, 0, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  public Limits {
    if (!(least >= 0) || !(share >= 0)) {
      throw new IllegalArgumentException(
          "a least deviation of %s and a share of %s; neither may be negative"
              .formatted(least, share));
    }
    if (!(lowest < highest)) {
      throw new IllegalArgumentException(
          "the lowest valid value, %s, must lie below the highest, %s".formatted(lowest, highest));
    }
  }

  /** Whether the value can have been measured; a missing one can. */
  public boolean hold(double value) {
    return !(value < lowest) && !(value > highest);
  }

  /** Why nobody cares for this deviation, empty if somebody does. */
  String indifference(double value, double expected, int side) {
    if (side < 0 && direction == Direction.UP || side > 0 && direction == Direction.DOWN) {
      return "direction";
    }
    double way = Math.abs(value - expected);
    boolean small = way < least || way < share * Math.abs(expected);
    return side != 0 && small ? "deviation" : "";
  }
}
