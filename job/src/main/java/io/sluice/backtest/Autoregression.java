package io.sluice.backtest;

import java.util.Arrays;
import java.util.List;

/**
 * Plain recursive least squares on the last {@code ORDER} values of one variable, in deviations of its training part, all
 * leads at once: P, the inverse of Σ x xᵀ, is moved by each pair and nothing is ever solved or forgotten. A pair is taken in
 * when its furthest lead has come.
 *
 * <pre>
 *   k = P x / (1 + xᵀ P x)      w += k (y − wᵀ x)      P −= k xᵀ P
 * </pre>
 */
final class Autoregression {
  private static final int ORDER = 60;

  /** P at first. */
  private static final double PRIOR = 1000;

  private final Scale scale;
  private final int[] leads;
  private final int furthest;
  private final double[] past;
  private final double[][] p = new double[ORDER + 1][ORDER + 1];
  private final double[][] w;
  private final double[] x = new double[ORDER + 1];
  private final double[] px = new double[ORDER + 1];
  private long steps;
  private double last;
  private boolean heard;

  Autoregression(Scale scale, List<Integer> leads) {
    this.scale = scale;
    this.leads = leads.stream().mapToInt(Integer::intValue).toArray();
    furthest = this.leads[this.leads.length - 1];
    past = new double[ORDER + furthest];
    w = new double[this.leads.length][ORDER + 1];
    for (int i = 0; i <= ORDER; i++) {
      p[i][i] = PRIOR;
    }
  }

  /** A missing value is taken for the last, or before the first for the mean. */
  void hear(double value) {
    heard |= !Double.isNaN(value);
    last = Double.isNaN(value) ? last : scale.scaled(value - scale.mean());
    past[(int) (steps++ % past.length)] = last;
    if (steps >= past.length) {
      gather(furthest);
      learn();
    }
  }

  /** Fills in what it expects of each lead, the last value until it has seen enough; NaN before the first. */
  void expect(double[] expected) {
    boolean learnt = steps > past.length;
    gather(0);
    for (int lead = 0; lead < leads.length; lead++) {
      double said = learnt ? product(w[lead], x) : last;
      expected[lead] = heard ? scale.mean() + said * scale.deviation() : Double.NaN;
    }
  }

  private double value(int ago) {
    return past[(int) Math.floorMod(steps - 1 - ago, (long) past.length)];
  }

  private void gather(int ago) {
    for (int lag = 0; lag < ORDER; lag++) {
      x[lag] = value(ago + lag);
    }
    x[ORDER] = 1;
  }

  private void learn() {
    Arrays.setAll(px, i -> product(p[i], x));
    double gain = 1 / (1 + product(px, x));
    for (int lead = 0; lead < leads.length; lead++) {
      double error = value(furthest - leads[lead]) - product(w[lead], x);
      add(w[lead], px, gain * error);
    }
    for (int i = 0; i <= ORDER; i++) {
      add(p[i], px, -gain * px[i]);
    }
  }

  private static void add(double[] row, double[] other, double factor) {
    for (int j = 0; j < row.length; j++) {
      row[j] += factor * other[j];
    }
  }

  private static double product(double[] one, double[] other) {
    double sum = 0;
    for (int j = 0; j < one.length; j++) {
      sum += one[j] * other[j];
    }
    return sum;
  }
}
