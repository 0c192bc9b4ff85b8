package io.sluice.backtest;

import java.util.Arrays;
import java.util.List;

/**
 * A forecaster to be beaten, of one variable: what it says of each lead, with quantiles where its own past errors lay. Those
 * are tracked one by one, each moved by as much as it was exceeded too often or too seldom; an error of lead H is heard H
 * readings later.
 */
final class Rival {
  private static final double SLOWEST = 0.01;

  /** Readings over which the typical size of an error forgets. */
  private static final int SPAN = 500;

  private final int[] leads;
  private final double[] levels;
  private final double[][] waiting;
  private final double[][] offsets;
  private final double[] said;
  private final double[] size;
  private final int[] heard;
  private int step;

  Rival(List<Integer> leads, List<Double> levels) {
    this.leads = leads.stream().mapToInt(Integer::intValue).toArray();
    this.levels = levels.stream().mapToDouble(Double::doubleValue).toArray();
    waiting = new double[this.leads.length][];
    Arrays.setAll(waiting, lead -> new double[this.leads[lead]]);
    for (double[] ring : waiting) {
      Arrays.fill(ring, Double.NaN);
    }
    offsets = new double[this.leads.length][this.levels.length];
    said = new double[this.leads.length];
    size = new double[this.leads.length];
    heard = new int[this.leads.length];
  }

  /** What came; NaN teaches nothing. */
  void hear(double value) {
    for (int lead = 0; lead < leads.length; lead++) {
      double error = value - waiting[lead][step % leads[lead]];
      if (!Double.isNaN(error)) {
        learn(lead, error);
      }
    }
  }

  private void learn(int lead, double error) {
    int count = ++heard[lead];
    size[lead] += (Math.abs(error) - size[lead]) / Math.min(count, SPAN);
    double move = size[lead] * Math.max(SLOWEST, 1 / Math.sqrt(count));
    for (int level = 0; level < levels.length; level++) {
      double under = error < offsets[lead][level] ? 1 : 0;
      offsets[lead][level] += move * (levels[level] - under);
    }
  }

  /** What it says now, of each lead; the numbers are copied. */
  void say(double[] expected) {
    for (int lead = 0; lead < leads.length; lead++) {
      said[lead] = expected[lead];
      waiting[lead][step % leads[lead]] = expected[lead];
    }
    step++;
  }

  /** Its middle is what it said itself. */
  double quantile(int lead, int level) {
    return said[lead] + (levels[level] == 0.5 ? 0 : offsets[lead][level]);
  }
}
