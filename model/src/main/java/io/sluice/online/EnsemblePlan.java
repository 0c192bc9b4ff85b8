package io.sluice.online;

import java.util.Arrays;
import java.util.List;

/**
 * How much the cheap forecasters may remember and reckon.
 *
 * @param leads steps ahead, ascending
 * @param history last values kept; a season is found when it fits three times into them
 * @param order last deviations that least squares sees one by one
 * @param harmonics of the season that least squares sees
 * @param span readings over which least squares forgets
 */
public record EnsemblePlan(List<Integer> leads, int history, int order, int harmonics, int span) {
  public EnsemblePlan {
    leads = List.copyOf(leads);
    if (leads.isEmpty() || leads.get(0) < 1) {
      throw new IllegalArgumentException("leads must ascend from 1, not " + leads);
    }
    if (order < 1 || harmonics < 0 || span < 2) {
      throw new IllegalArgumentException(
          "an ensemble of order %d, %d harmonics and span %d".formatted(order, harmonics, span));
    }
    if (history < 4 * order + 2 * leads.get(leads.size() - 1)) {
      throw new IllegalArgumentException(
          "a history of %d is too short for order %d and leads %s"
              .formatted(history, order, leads));
    }
  }

  /** The order, harmonics and span that have proved good on all kinds of series. */
  public static EnsemblePlan of(List<Integer> leads, int history) {
    return new EnsemblePlan(leads, history, 12, 6, 10_000);
  }

  /** Sines, cosines, deviations, their products and stretches: the most that least squares sees. */
  int features() {
    return 1 + 2 * harmonics + order + 18 + 4;
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

  /** The same for equal plans, whatever the machine. */
  int print() {
    return Arrays.hashCode(new int[] {leads.hashCode(), history, order, harmonics, span});
  }
}
