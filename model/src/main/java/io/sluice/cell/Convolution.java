package io.sluice.cell;

import io.sluice.weights.Architecture;
import io.sluice.weights.Tensor;
import io.sluice.weights.Tensors;

/**
 * A causal convolution ahead of the first layer: each step sees the inputs of this one and of the {@code width − 1} before,
 * zeros before the first.
 *
 * @param rows for the inputs of the oldest step first
 */
record Convolution(int inputs, Rows rows, float[] bias) {

  static Convolution of(Architecture shape, Tensors tensors) {
    int inputs = shape.inputs();
    int width = shape.convolution();
    Tensor weight = tensors.tensor("conv.weight");
    float[][] rows = new float[width * inputs][inputs];
    for (int out = 0; out < inputs; out++) {
      for (int in = 0; in < inputs; in++) {
        for (int k = 0; k < width; k++) {
          rows[k * inputs + in][out] = weight.data()[(out * inputs + in) * width + k];
        }
      }
    }
    return new Convolution(
        inputs, Kernels.BEST.rows(rows), tensors.tensor("conv.bias").data().clone());
  }

  /** From the past inputs and this one, side by side for each series, to what the first layer sees. */
  void forward(float[] window, float[] x, int series) {
    for (int s = 0; s < series; s++) {
      System.arraycopy(bias, 0, x, s * inputs, inputs);
    }
    rows.multiply(window, x, series);
  }

  /** A whole window from its first step on. */
  float[][] over(float[][] xs) {
    float[] window = new float[rows.inputs()];
    float[][] seen = new float[xs.length][inputs];
    for (int t = 0; t < xs.length; t++) {
      System.arraycopy(window, inputs, window, 0, window.length - inputs);
      System.arraycopy(xs[t], 0, window, window.length - inputs, inputs);
      forward(window, seen[t], 1);
    }
    return seen;
  }
}
