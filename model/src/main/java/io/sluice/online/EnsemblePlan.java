package io.sluice.online;

import java.util.Arrays;
import java.util.List;

/**
 * How much the cheap forecasters may remember and reckon.
 *
 * @param leads steps ahead, ascending
 * @param history last values kept; a season is found when it fits three times into them
 * @param regression what least squares looks back on, and how often it is solved
 * @param harmonics of the season that least squares sees
 * @param span readings over which least squares forgets
 * @param neighbours variables of the same series that each variable hears, those that follow it in the round
 */
public record EnsemblePlan(
    List<Integer> leads,
    int history,
    Regression regression,
    int harmonics,
    int span,
    int neighbours) {
  /** More would cost more than they tell. */
  private static final int MOST_NEIGHBOURS = 7;

  public EnsemblePlan {
    leads = List.copyOf(leads);
    if (leads.isEmpty() || leads.get(0) < 1) {
      throw new IllegalArgumentException("leads must ascend from 1, not " + leads);
    }
    if (harmonics < 0 || span < 2 || neighbours < 0) {
      throw new IllegalArgumentException(
          "an ensemble of %d harmonics, span %d and %d neighbours"
              .formatted(harmonics, span, neighbours));
    }
    // the bytes of a memory are read before its order is known, as of the standard one
    int order = Math.max(regression.order(), Regression.STANDARD.order());
    int shortest = 4 * order + 2 * leads.get(leads.size() - 1);
    if (history < shortest) {
      throw new IllegalArgumentException(
          "a history of %d is too short for order %d and leads %s, expected %d or more"
              .formatted(history, regression.order(), leads, shortest));
    }
  }

  /** The harmonics and span that have proved good on all kinds of series. */
  public static EnsemblePlan of(
      List<Integer> leads, int history, int variables, Regression regression) {
    int neighbours = Math.min(variables - 1, MOST_NEIGHBOURS);
    return new EnsemblePlan(leads, history, regression, 6, 10_000, neighbours);
  }

  /** The same of another order. */
  EnsemblePlan withOrder(int order) {
    Regression other = new Regression(order, regression.every());
    return new EnsemblePlan(leads, history, other, harmonics, span, neighbours);
  }

  /** The most that least squares sees, whatever the season. */
  int features() {
    return new Features(this, history).width();
  }

  int furthest() {
    return leads.get(leads.size() - 1);
  }

  /** Forecasts that wait for their reading, over all leads. */
  int waiting() {
    return leads.stream().mapToInt(Integer::intValue).sum();
  }

  int[] leadArray() {
    return leads.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * The same for equal plans, whatever the machine; how many are heard follows from the memory's variables, and how often
   * is solved matters to nothing that is remembered.
   */
  int print() {
    int order = regression.order();
    return Arrays.hashCode(new int[] {leads.hashCode(), history, order, harmonics, span});
  }
}
