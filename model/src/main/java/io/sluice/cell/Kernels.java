package io.sluice.cell;

/**
 * The raw loops, unchecked. Each is small enough for the compiler to unroll into vectors: four rows at a time is the most
 * that Java 17 takes. A sum always runs over the inputs first to last, with one fused multiply-add each, so a loop over
 * four rows gives the bits of four loops over one.
 */
final class Kernels {
  private Kernels() {}

  /** y += x · rows for one sample of the blocks x and y. */
  static void multiply(float[] x, float[][] rows, float[] y, int sample) {
    int xAt = sample * rows.length;
    int yAt = sample * rows[0].length;
    int fours = rows.length & -4;
    for (int k = 0; k < fours; k += 4) {
      addFour(x, xAt + k, rows, y, yAt);
    }
    for (int k = fours; k < rows.length; k++) {
      addTo(x[xAt + k], rows[k], y, yAt);
    }
  }

  private static void addFour(float[] x, int xAt, float[][] rows, float[] y, int yAt) {
    int k = xAt % rows.length;
    float[] r0 = rows[k];
    float[] r1 = rows[k + 1];
    float[] r2 = rows[k + 2];
    float[] r3 = rows[k + 3];
    float x0 = x[xAt];
    float x1 = x[xAt + 1];
    float x2 = x[xAt + 2];
    float x3 = x[xAt + 3];
    for (int j = 0; j < r0.length; j++) {
      float two = Math.fma(x1, r1[j], Math.fma(x0, r0[j], y[yAt + j]));
      y[yAt + j] = Math.fma(x3, r3[j], Math.fma(x2, r2[j], two));
    }
  }

  /** y += a · row, y starting at {@code yAt}. */
  private static void addTo(float a, float[] row, float[] y, int yAt) {
    for (int j = 0; j < row.length; j++) {
      y[yAt + j] = Math.fma(a, row[j], y[yAt + j]);
    }
  }

  /** row += a · d, d starting at {@code dAt}. */
  static void add(float a, float[] d, int dAt, float[] row) {
    for (int j = 0; j < row.length; j++) {
      row[j] = Math.fma(a, d[dAt + j], row[j]);
    }
  }
}
