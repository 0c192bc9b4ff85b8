package io.sluice.weights;

import java.io.Serializable;
import java.util.List;

/**
 * How far ahead a forecast looks and how finely it is cut.
 *
 * @param leads steps ahead, ascending
 * @param quantiles levels, ascending, 0.5 among them; the first and last bound the interval
 */
public record Horizon(List<Integer> leads, List<Double> quantiles) implements Serializable {
  public static final Horizon DEFAULT = new Horizon(List.of(1, 6, 24), List.of(0.05, 0.5, 0.95));

  public Horizon {
    leads = List.copyOf(leads);
    quantiles = List.copyOf(quantiles);
    check("leads", leads, 1);
    check("quantiles", quantiles, Double.MIN_VALUE);
    if (quantiles.get(quantiles.size() - 1) >= 1) {
      throw new IllegalArgumentException("quantiles lie between 0 and 1, not " + quantiles);
    }
    if (!quantiles.contains(0.5)) {
      throw new IllegalArgumentException("quantiles need the median, 0.5, among " + quantiles);
    }
  }

  private static <N extends Number> void check(String name, List<N> numbers, double least) {
    double before = Double.NEGATIVE_INFINITY;
    for (N number : numbers) {
      if (number.doubleValue() < least || number.doubleValue() <= before) {
        throw new IllegalArgumentException(
            "%s must ascend from %s, not %s".formatted(name, least, numbers));
      }
      before = number.doubleValue();
    }
    if (numbers.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
  }

  public int furthest() {
    return leads.get(leads.size() - 1);
  }

  public int median() {
    return quantiles.indexOf(0.5);
  }

  /** The level of the lower bound. */
  public double lowest() {
    return quantiles.get(0);
  }

  /** The level of the upper bound. */
  public double highest() {
    return quantiles.get(quantiles.size() - 1);
  }

  /** The share of readings that the interval promises to hold. */
  public double promised() {
    return highest() - lowest();
  }
}
