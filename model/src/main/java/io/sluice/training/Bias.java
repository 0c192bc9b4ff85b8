package io.sluice.training;

import java.util.Arrays;

/**
 * The bias b of sums W·x + b, repeated for every row of a block, so that whole blocks are added with one index. Where two
 * biases go into the same sums they stand here as their sum, and have the same gradient.
 */
final class Bias {
  private final String[] names;
  private final int width;
  private final float[] block;
  private final float[] slopes;

  Bias(int width, int rows, String... names) {
    this.names = names;
    this.width = width;
    block = new float[rows * width];
    slopes = new float[rows * width];
  }

  void load(Parameters w) {
    Arrays.fill(block, 0);
    Arrays.fill(slopes, 0);
    for (String name : names) {
      int from = w.offset(name);
      for (int j = 0; j < width; j++) {
        block[j] += w.values[from + j];
      }
    }
    for (int row = width; row < block.length; row += width) {
      System.arraycopy(block, 0, block, row, width);
    }
  }

  /** y = b in every row. */
  void start(float[] y) {
    System.arraycopy(block, 0, y, 0, block.length);
  }

  /** y += b in every row. */
  void addTo(float[] y) {
    Parameters.add(block, y);
  }

  /** db += dy of every row. */
  void gradient(float[] dy) {
    Parameters.add(dy, slopes);
  }

  void unload(Parameters dw) {
    for (int row = width; row < slopes.length; row += width) {
      for (int j = 0; j < width; j++) {
        slopes[j] += slopes[row + j];
      }
    }
    float[] sum = Arrays.copyOf(slopes, width);
    for (String name : names) {
      dw.add(name, sum);
    }
  }
}
