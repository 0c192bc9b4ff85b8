package io.sluice.training;

import java.util.Arrays;

/** The weights W and b of sums W·x + b, and their gradient, outside the heap. */
final class Affine {
  private final String weightName;
  private final String biasName;

  /** W (outputs, inputs). */
  final Matrix weight;

  final float[] bias;

  private final Matrix dWeight;
  private final float[] dBias;
  private final float[] scratch;

  Affine(String weightName, String biasName, int outputs, int inputs) {
    this.weightName = weightName;
    this.biasName = biasName;
    weight = new Matrix(outputs, inputs);
    bias = new float[outputs];
    dWeight = new Matrix(outputs, inputs);
    dBias = new float[outputs];
    scratch = new float[outputs * inputs];
  }

  void load(Parameters w) {
    weight.put(w.values, w.offset(weightName));
    System.arraycopy(w.values, w.offset(biasName), bias, 0, bias.length);
    Arrays.fill(dBias, 0);
  }

  /** y += b, row by row. */
  void addBias(float[] y) {
    for (int row = 0; row < y.length; row += bias.length) {
      for (int j = 0; j < bias.length; j++) {
        y[row + j] += bias[j];
      }
    }
  }

  /** db += the rows of dy. */
  void biasGradient(float[] dy) {
    for (int row = 0; row < dy.length; row += dBias.length) {
      for (int j = 0; j < dBias.length; j++) {
        dBias[j] += dy[row + j];
      }
    }
  }

  /** dW = dyᵀ·x over all steps at once. */
  void weightGradient(Matrix dy, Matrix x) {
    dWeight.product(Matrix.Form.AT_B, dy, x, 0);
  }

  void unload(Parameters dw) {
    dWeight.get(scratch);
    add(scratch, dw.values, dw.offset(weightName));
    add(dBias, dw.values, dw.offset(biasName));
  }

  static void add(float[] part, float[] all, int from) {
    for (int k = 0; k < part.length; k++) {
      all[from + k] += part[k];
    }
  }
}
