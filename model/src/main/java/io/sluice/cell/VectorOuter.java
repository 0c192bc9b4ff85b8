package io.sluice.cell;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * y += aᵀ·b over n samples, by blocks of sums that stay in registers while the samples pass by: four rows of y by two
 * vectors. Blocks run down the rows first, so that the same two vectors of each sample's b are at hand.
 */
final class VectorOuter {
  private static final VectorSpecies<Float> LANES = VectorKernels.LANES;
  private static final int WIDE = LANES.length();
  private static final int PANEL = 2 * WIDE;

  private final float[] a;
  private final float[] b;
  private final float[][] y;
  private final int n;
  private final int height;
  private final int width;

  VectorOuter(float[] a, float[] b, float[][] y, int n) {
    this.a = a;
    this.b = b;
    this.y = y;
    this.n = n;
    height = y.length;
    width = y[0].length;
  }

  void add() {
    int fours = height & -4;
    int panelled = width / PANEL * PANEL;
    for (int column = 0; column < panelled; column += PANEL) {
      for (int row = 0; row < fours; row += 4) {
        fourByTwo(row, column);
      }
      for (int row = fours; row < height; row++) {
        oneByTwo(row, column);
      }
    }
    for (int row = 0; row < height; row++) {
      leftOver(row, panelled);
    }
  }

  private void fourByTwo(int row, int column) {
    float[] y0 = y[row];
    float[] y1 = y[row + 1];
    float[] y2 = y[row + 2];
    float[] y3 = y[row + 3];
    FloatVector p0 = load(y0, column);
    FloatVector q0 = load(y0, column + WIDE);
    FloatVector p1 = load(y1, column);
    FloatVector q1 = load(y1, column + WIDE);
    FloatVector p2 = load(y2, column);
    FloatVector q2 = load(y2, column + WIDE);
    FloatVector p3 = load(y3, column);
    FloatVector q3 = load(y3, column + WIDE);
    for (int s = 0, at = row, from = column; s < n; s++, at += height, from += width) {
      FloatVector p = load(b, from);
      FloatVector q = load(b, from + WIDE);
      FloatVector a0 = all(a[at]);
      p0 = p.fma(a0, p0);
      q0 = q.fma(a0, q0);
      FloatVector a1 = all(a[at + 1]);
      p1 = p.fma(a1, p1);
      q1 = q.fma(a1, q1);
      FloatVector a2 = all(a[at + 2]);
      p2 = p.fma(a2, p2);
      q2 = q.fma(a2, q2);
      FloatVector a3 = all(a[at + 3]);
      p3 = p.fma(a3, p3);
      q3 = q.fma(a3, q3);
    }
    p0.intoArray(y0, column);
    q0.intoArray(y0, column + WIDE);
    p1.intoArray(y1, column);
    q1.intoArray(y1, column + WIDE);
    p2.intoArray(y2, column);
    q2.intoArray(y2, column + WIDE);
    p3.intoArray(y3, column);
    q3.intoArray(y3, column + WIDE);
  }

  private void oneByTwo(int row, int column) {
    FloatVector p = load(y[row], column);
    FloatVector q = load(y[row], column + WIDE);
    for (int s = 0, at = row, from = column; s < n; s++, at += height, from += width) {
      FloatVector as = all(a[at]);
      p = load(b, from).fma(as, p);
      q = load(b, from + WIDE).fma(as, q);
    }
    p.intoArray(y[row], column);
    q.intoArray(y[row], column + WIDE);
  }

  private void leftOver(int row, int panelled) {
    int column = panelled;
    if (width - column >= WIDE) {
      FloatVector p = load(y[row], column);
      for (int s = 0, at = row; s < n; s++, at += height) {
        p = load(b, s * width + column).fma(all(a[at]), p);
      }
      p.intoArray(y[row], column);
      column += WIDE;
    }
    for (; column < width; column++) {
      float sum = y[row][column];
      for (int s = 0, at = row; s < n; s++, at += height) {
        sum = Math.fma(a[at], b[s * width + column], sum);
      }
      y[row][column] = sum;
    }
  }

  private static FloatVector load(float[] floats, int at) {
    return FloatVector.fromArray(LANES, floats, at);
  }

  private static FloatVector all(float constant) {
    return FloatVector.broadcast(LANES, constant);
  }
}
