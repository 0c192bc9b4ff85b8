package io.sluice.anomaly;

import java.util.Arrays;

/**
 * Loops so plain that the compiler unrolls them into vectors. It does so where all arrays are read at the index they are
 * written at; so what begins further on is copied to the start of an array first.
 */
final class PlainSweep implements Sweep {
  private static final int FIRST = 12;

  private final float[] shifted;
  private final float[] squares;

  /** @param block the most stretches of one call */
  PlainSweep(int block) {
    shifted = new float[block];
    squares = new float[block];
  }

  @Override
  public boolean anyNearer(float[] values, float value, float far, int size) {
    for (int i = 0; i < size; i++) {
      if (Math.abs(values[i] - value) < far) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean anyBelow(float[] floats, float bound, int size) {
    for (int i = 0; i < size; i++) {
      if (floats[i] < bound) {
        return true;
      }
    }
    return false;
  }

  /** The first points of all, and the others where those leave hope. */
  @Override
  public void seek(Stretches stretches) {
    int size = stretches.size();
    Arrays.fill(squares, 0, size, 0);
    for (int k = 0; k < FIRST; k++) {
      int point = Stretches.ORDER[k];
      System.arraycopy(stretches.window, point, shifted, 0, size);
      addSquares(stretches.latest[point], size);
    }
    for (int i = 0; i < size; i++) {
      if (squares[i] < stretches.least()) {
        goOn(stretches, i);
      }
    }
  }

  private void addSquares(float point, int size) {
    for (int i = 0; i < size; i++) {
      float apart = shifted[i] - point;
      squares[i] += apart * apart;
    }
  }

  private void goOn(Stretches stretches, int place) {
    float square = squares[place];
    for (int k = FIRST; k < Stretches.POINTS && square < stretches.least(); k++) {
      int point = Stretches.ORDER[k];
      float apart = stretches.window[place + point] - stretches.latest[point];
      square += apart * apart;
    }
    stretches.hear(place, square);
  }

  @Override
  public void add(float[] outline, float[] latest, int begin, int end, Sums to) {
    for (int k = end - 1; k >= begin; k--) {
      System.arraycopy(outline, k, shifted, 0, to.size());
      add(latest[k], to);
    }
  }

  private void add(float point, Sums to) {
    float[] points = to.points;
    float[] squares = to.squares;
    float[] products = to.products;
    for (int i = 0; i < to.size(); i++) {
      points[i] += shifted[i];
      squares[i] += shifted[i] * shifted[i];
      products[i] += point * shifted[i];
    }
  }

  @Override
  public void apart(Sums sums, Nearest from, float[] into) {
    float[] points = sums.points;
    float[] squares = sums.squares;
    float[] products = sums.products;
    for (int i = 0; i < sums.size(); i++) {
      into[i] = from.apart(points[i], squares[i], products[i]);
    }
  }
}
