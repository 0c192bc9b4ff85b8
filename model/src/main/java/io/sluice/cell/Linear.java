package io.sluice.cell;

import java.util.Arrays;

/**
 * The sums W·x of a layer while its weights are learnt, for several series at once: there, back, and what they teach W.
 *
 * <p>Weights are laid out anew by each {@code load}, once a batch. Every sum runs in one order with one fused multiply-add
 * for each term, so its bits depend on no blocking. Not for more than one thread at a time.
 */
public final class Linear {
  private final int inputs;
  private final int outputs;
  private final float[][] slopes;
  private Rows forth;
  private Rows back;

  public Linear(int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    slopes = new float[inputs][outputs];
  }

  /** Takes W (outputs, inputs) from where it begins in an array; the slopes start again at zero. */
  public void load(float[] w, int at) {
    float[][] rows = new float[outputs][];
    float[][] columns = new float[inputs][outputs];
    for (int j = 0; j < outputs; j++) {
      rows[j] = Arrays.copyOfRange(w, at + j * inputs, at + (j + 1) * inputs);
      for (int k = 0; k < inputs; k++) {
        columns[k][j] = rows[j][k];
      }
    }
    forth = Kernels.BEST.rows(columns);
    back = Kernels.BEST.rows(rows);
    for (float[] row : slopes) {
      Arrays.fill(row, 0);
    }
  }

  /** y += W·x. */
  public void forward(float[] x, float[] y, int series) {
    forth.multiply(x, y, series);
  }

  /** dx += Wᵀ·dy. */
  public void backward(float[] dy, float[] dx, int series) {
    back.multiply(dy, dx, series);
  }

  /** dW += dy·xᵀ. */
  public void learn(float[] x, float[] dy, int series) {
    Kernels.BEST.outer(x, dy, slopes, series);
  }

  /** Adds dW (outputs, inputs) where it begins in an array. */
  public void unload(float[] dw, int at) {
    for (int j = 0; j < outputs; j++) {
      for (int k = 0; k < inputs; k++) {
        dw[at + j * inputs + k] += slopes[k][j];
      }
    }
  }
}
