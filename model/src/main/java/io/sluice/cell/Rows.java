package io.sluice.cell;

import io.sluice.weights.Tensor;

/**
 * A matrix stored input by input: row k holds what input k adds to every output. Sums run over the inputs, first to last,
 * one fused multiply-add each, whatever the number of samples that go through at once.
 *
 * <p>A block of n samples is n·inputs (or n·outputs) floats, sample after sample. The rows are shared, not copied: who
 * trains them owns them.
 */
public final class Rows {
  private final float[][] rows;
  private final int outputs;

  public Rows(float[][] rows) {
    this.rows = rows;
    this.outputs = rows[0].length;
    for (float[] row : rows) {
      if (row.length != outputs) {
        throw new IllegalArgumentException(
            "a row of %d floats among rows of %d".formatted(row.length, outputs));
      }
    }
  }

  /** From PyTorch's layout, (outputs, inputs). */
  public static Rows transposed(Tensor weight) {
    int outputs = weight.shape()[0];
    int inputs = weight.data().length / outputs;
    float[][] rows = new float[inputs][outputs];
    for (int j = 0; j < outputs; j++) {
      for (int k = 0; k < inputs; k++) {
        rows[k][j] = weight.data()[j * inputs + k];
      }
    }
    return new Rows(rows);
  }

  public int inputs() {
    return rows.length;
  }

  public int outputs() {
    return outputs;
  }

  /** y += x · rows, for the first n samples of x and y. */
  public void multiply(float[] x, float[] y, int n) {
    check(x, inputs(), n);
    check(y, outputs, n);
    Kernels.BEST.multiply(x, rows, y, n);
  }

  private static void check(float[] block, int width, int n) {
    if (n < 0 || block.length < (long) n * width) {
      throw new IllegalArgumentException(
          "%d samples of %d floats do not fit in %d".formatted(n, width, block.length));
    }
  }
}
