package io.sluice.cell;

/** y += aᵀ·b, four samples at a time, each brought to the start of an array of its own, as in {@code PlainRows}. */
final class PlainOuter {
  private PlainOuter() {}

  static void add(float[] a, float[] b, float[][] y, int n) {
    int height = y.length;
    int width = y[0].length;
    int fours = n & -4;
    float[][] four = new float[4][width];
    for (int s = 0; s < fours; s += 4) {
      for (int k = 0; k < 4; k++) {
        System.arraycopy(b, (s + k) * width, four[k], 0, width);
      }
      for (int row = 0; row < height; row++) {
        addFour(a, s * height + row, four, y[row], height);
      }
    }
    for (int s = fours; s < n; s++) {
      System.arraycopy(b, s * width, four[0], 0, width);
      for (int row = 0; row < height; row++) {
        PlainRows.addOne(a[s * height + row], four[0], y[row]);
      }
    }
  }

  private static void addFour(float[] a, int at, float[][] b, float[] y, int height) {
    float[] b0 = b[0];
    float[] b1 = b[1];
    float[] b2 = b[2];
    float[] b3 = b[3];
    float a0 = a[at];
    float a1 = a[at + height];
    float a2 = a[at + 2 * height];
    float a3 = a[at + 3 * height];
    for (int j = 0; j < b0.length; j++) {
      float two = Math.fma(a1, b1[j], Math.fma(a0, b0[j], y[j]));
      y[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], two));
    }
  }
}
