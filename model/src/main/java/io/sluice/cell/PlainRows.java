package io.sluice.cell;

/**
 * Row by row into the sums. Four rows at a time is the most that Java 17 unrolls into vectors, and it does so only if every
 * array starts at the same index: the sums of a sample further on are fetched to the start of an array of their own.
 */
record PlainRows(float[][] rows, ThreadLocal<float[]> scratch) implements Rows {

  PlainRows(float[][] rows) {
    this(rows, ThreadLocal.withInitial(() -> new float[rows[0].length]));
  }

  @Override
  public int inputs() {
    return rows.length;
  }

  @Override
  public int outputs() {
    return rows[0].length;
  }

  @Override
  public void multiply(float[] x, float[] y, int n) {
    if (n == 1) {
      multiply(x, 0, y);
      return;
    }
    float[] sums = scratch.get();
    for (int sample = 0; sample < n; sample++) {
      System.arraycopy(y, sample * sums.length, sums, 0, sums.length);
      multiply(x, sample * rows.length, sums);
      System.arraycopy(sums, 0, y, sample * sums.length, sums.length);
    }
  }

  private void multiply(float[] x, int at, float[] y) {
    int fours = rows.length & -4;
    for (int k = 0; k < fours; k += 4) {
      addFour(x, at + k, y, k);
    }
    for (int k = fours; k < rows.length; k++) {
      addOne(x[at + k], rows[k], y);
    }
  }

  private void addFour(float[] x, int at, float[] y, int k) {
    float[] r0 = rows[k];
    float[] r1 = rows[k + 1];
    float[] r2 = rows[k + 2];
    float[] r3 = rows[k + 3];
    float x0 = x[at];
    float x1 = x[at + 1];
    float x2 = x[at + 2];
    float x3 = x[at + 3];
    for (int j = 0; j < r0.length; j++) {
      float two = Math.fma(x1, r1[j], Math.fma(x0, r0[j], y[j]));
      y[j] = Math.fma(x3, r3[j], Math.fma(x2, r2[j], two));
    }
  }

  static void addOne(float a, float[] row, float[] y) {
    for (int j = 0; j < row.length; j++) {
      y[j] = Math.fma(a, row[j], y[j]);
    }
  }
}
