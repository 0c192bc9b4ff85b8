package io.sluice.cell;

/**
 * Loops so small that the compiler unrolls them into vectors: four rows at a time is the most that Java 17 takes.
 */
final class PlainKernels implements Kernels {
  @Override
  public void multiply(float[] x, float[][] rows, float[] y, int n) {
    int fours = rows.length & -4;
    for (int sample = 0; sample < n; sample++) {
      for (int k = 0; k < fours; k += 4) {
        addFour(x, rows, y, sample, k);
      }
      for (int k = fours; k < rows.length; k++) {
        add(x[sample * rows.length + k], rows[k], y, sample * rows[k].length);
      }
    }
  }

  private static void addFour(float[] x, float[][] rows, float[] y, int sample, int k) {
    float[] r0 = rows[k];
    float[] r1 = rows[k + 1];
    float[] r2 = rows[k + 2];
    float[] r3 = rows[k + 3];
    int xAt = sample * rows.length + k;
    float x0 = x[xAt];
    float x1 = x[xAt + 1];
    float x2 = x[xAt + 2];
    float x3 = x[xAt + 3];
    int yAt = sample * r0.length;
    for (int j = 0; j < r0.length; j++) {
      float two = Math.fma(x1, r1[j], Math.fma(x0, r0[j], y[yAt + j]));
      y[yAt + j] = Math.fma(x3, r3[j], Math.fma(x2, r2[j], two));
    }
  }

  private static void add(float a, float[] row, float[] y, int yAt) {
    for (int j = 0; j < row.length; j++) {
      y[yAt + j] = Math.fma(a, row[j], y[yAt + j]);
    }
  }

  @Override
  public void sigmoid(float[] z, int length) {
    for (int j = 0; j < length; j++) {
      z[j] = Activations.sigmoid(z[j]);
    }
  }

  @Override
  public void tanh(float[] from, float[] to, int length) {
    for (int j = 0; j < length; j++) {
      to[j] = Activations.tanh(from[j]);
    }
  }
}
