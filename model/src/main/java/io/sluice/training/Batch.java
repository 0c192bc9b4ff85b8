package io.sluice.training;

import java.util.Arrays;

/**
 * Windows side by side, time-major: all rows of the first step, then all rows of the second. A row without a window is
 * masked out.
 */
final class Batch {
  final int steps;
  final int rows;
  final float[] inputs;
  final float[] targets;
  final float[] mask;

  Batch(int steps, int rows, int inputs, int targets) {
    this.steps = steps;
    this.rows = rows;
    this.inputs = new float[steps * rows * inputs];
    this.targets = new float[steps * rows * targets];
    this.mask = new float[steps * rows * targets];
  }

  /** Lays a window into a row; its first steps, {@code burnIn} of them, carry no loss. */
  void put(int row, Window window, int burnIn) {
    scatter(window.inputs(), inputs, row);
    scatter(window.targets(), targets, row);
    scatter(window.mask(), mask, row);
    clear(mask, row, burnIn);
  }

  /** Empties a row: an input that stays would reach the gradient, a NaN even through a mask of 0. */
  void clear(int row) {
    clear(inputs, row, steps);
    clear(targets, row, steps);
    clear(mask, row, steps);
  }

  /** Σ mask. */
  double weight() {
    double sum = 0;
    for (float share : mask) {
      sum += share;
    }
    return sum;
  }

  /** Divides the mask by {@code weight}: the sum of losses becomes a mean. */
  void normalise(double weight) {
    for (int k = 0; k < mask.length; k++) {
      mask[k] = (float) (mask[k] / weight);
    }
  }

  private void clear(float[] all, int row, int until) {
    int width = all.length / (steps * rows);
    for (int t = 0; t < until; t++) {
      int at = (t * rows + row) * width;
      Arrays.fill(all, at, at + width, 0);
    }
  }

  private void scatter(float[] window, float[] all, int row) {
    if (window.length * rows != all.length) {
      throw new IllegalArgumentException(
          "a window brought %d floats, expected %d steps of %d"
              .formatted(window.length, steps, all.length / (steps * rows)));
    }
    int width = window.length / steps;
    for (int t = 0; t < steps; t++) {
      System.arraycopy(window, t * width, all, (t * rows + row) * width, width);
    }
  }
}
