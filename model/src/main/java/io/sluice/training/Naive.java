package io.sluice.training;

import java.util.Arrays;
import java.util.List;

/**
 * The forecast that costs nothing: the last value, give or take what it has been off by before. What learns must do
 * better.
 */
public final class Naive {
  private final Loss.Quantile loss;
  private final float[] answer;
  private final int outputs;

  /**
   * Looks at what the windows' targets were.
   *
   * @param outputs targets of a step
   */
  public Naive(Windows windows, int outputs, List<Double> quantiles) {
    this.outputs = outputs;
    loss = new Loss.Quantile(quantiles);
    answer = new float[outputs * quantiles.size()];
    for (int output = 0; output < outputs; output++) {
      float[] seen = seen(windows, output);
      for (int q = 0; q < quantiles.size() && seen.length > 0; q++) {
        int rank = (int) Math.round(quantiles.get(q) * (seen.length - 1));
        answer[output * quantiles.size() + q] = seen[rank];
      }
    }
  }

  private float[] seen(Windows windows, int output) {
    float[] seen = new float[windows.count() * windows.steps()];
    int count = 0;
    for (int i = 0; i < windows.count(); i++) {
      Window window = windows.window(i);
      for (int k = output; k < window.targets().length; k += outputs) {
        if (window.mask()[k] > 0) {
          seen[count++] = window.targets()[k];
        }
      }
    }
    float[] sorted = Arrays.copyOf(seen, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** The mean loss over the windows, their first {@code burnIn} steps not counted; NaN where nothing counts. */
  public double loss(Windows windows, int burnIn) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < windows.count(); i++) {
      Window window = windows.window(i);
      for (int k = burnIn * outputs; k < window.targets().length; k++) {
        if (window.mask()[k] > 0) {
          int from = k % outputs * loss.width();
          sum += window.mask()[k] * loss.value(answer, from, window.targets()[k]);
          weight += window.mask()[k];
        }
      }
    }
    return sum / weight;
  }
}
