package io.sluice.cell;

import io.sluice.weights.Tensor;

/**
 * An immutable matrix, stored by what each input adds to all outputs. Sums run over the inputs, first to last, one fused
 * multiply-add each, so no blocking, vector width or number of samples shows in their bits.
 */
interface Rows {

  int inputs();

  int outputs();

  /** y += x · rows for n samples: n·inputs floats of x, n·outputs floats of y, sample after sample. Unchecked. */
  void multiply(float[] x, float[] y, int n);

  /** From PyTorch's layout, (outputs, inputs). */
  static Rows transposed(Tensor weight) {
    int outputs = weight.shape()[0];
    int inputs = weight.shape()[1];
    float[][] rows = new float[inputs][outputs];
    for (int j = 0; j < outputs; j++) {
      for (int k = 0; k < inputs; k++) {
        rows[k][j] = weight.data()[j * inputs + k];
      }
    }
    return Kernels.BEST.rows(rows);
  }
}
