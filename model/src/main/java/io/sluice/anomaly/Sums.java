package io.sluice.anomaly;

import java.util.Arrays;

/** Of stretches that begin one after another: of their points, of their squares, of their products with others. Scratch. */
final class Sums {
  final float[] points;
  final float[] squares;
  final float[] products;
  private int size;

  Sums(int block) {
    points = new float[block + Sweep.SLACK];
    squares = new float[block + Sweep.SLACK];
    products = new float[block + Sweep.SLACK];
  }

  /** Of so many stretches, nothing so far. */
  void begin(int stretches) {
    size = stretches;
    Arrays.fill(points, 0);
    Arrays.fill(squares, 0);
    Arrays.fill(products, 0);
  }

  int size() {
    return size;
  }
}
