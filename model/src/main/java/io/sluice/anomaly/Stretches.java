package io.sluice.anomaly;

/**
 * The latest stretch of values, and beside it a block of those of the past; they begin one after another in the window. Keeps
 * the one that is nearest so far. A distance is the sum of the squares apart, the points taken in one order, so that it has
 * the same bits however it is reckoned. Scratch.
 */
final class Stretches {
  /** Values that make a stretch; from 16 to 24 it hardly matters. */
  static final int POINTS = 24;

  static final int BLOCK = 256;

  /** The order of the points: any few in a row lie apart. */
  static final int[] ORDER = order();

  final float[] latest = new float[POINTS];
  final float[] window = new float[BLOCK + POINTS + Sweep.SLACK];
  private int size;
  private int furthest;
  private float least;
  private int lag;

  private static int[] order() {
    int[] order = new int[POINTS];
    for (int i = 0; i < POINTS; i++) {
      order[i] = (i * 7 + POINTS - 1) % POINTS;
    }
    return order;
  }

  void begin() {
    least = Float.MAX_VALUE;
    lag = POINTS;
  }

  /** In the window there are so many now; the last of them ends so many steps back. */
  void look(int back, int stretches) {
    size = stretches;
    furthest = back + stretches - 1;
  }

  int size() {
    return size;
  }

  /** The stretch of the window that begins there is that far from the latest. */
  void hear(int place, float square) {
    if (square < least) {
      least = square;
      lag = furthest - place;
    }
  }

  /** How far the nearest is. */
  float least() {
    return least;
  }

  /** How many steps back it ends. */
  int lag() {
    return lag;
  }
}
