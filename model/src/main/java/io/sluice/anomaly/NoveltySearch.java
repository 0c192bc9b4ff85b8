package io.sluice.anomaly;

import java.util.Arrays;

/**
 * How far what is newest lies from the nearest of the past: the last value from any before it, and the last stretch of
 * values, point by point, from any stretch that ended before it began. Unlike an outline's, these distances are of values: a
 * known shape at a level never seen is new.
 *
 * <p>Whoever asks says what distance is ordinary. The first that is no longer ends the search, and most often stands where
 * the last one stood; so the exact distance, which costs a pass over the past for every point of the stretch, is sought
 * for the few readings that are out of the ordinary. Scratch only.
 *
 * <p>A distance has the same bits whether it is reckoned alone or abreast of others. The loops of the two are apart, and
 * those of the latter go over arrays index by index: so the compiler vectorises them.
 */
final class NoveltySearch {
  /** Values that make a stretch; from 16 to 24 it hardly matters. */
  static final int STRETCH = 24;

  private static final int BLOCK = 256;

  private final float[] latest = new float[STRETCH];
  private final float[] window = new float[BLOCK + STRETCH];
  private final float[] past = new float[BLOCK];
  private final float[] squares = new float[BLOCK];

  /** Distance of the last value, 0 before there is another; where it is ordinary, any that is. */
  double value(Novelty novelty, double ordinary) {
    int known = novelty.known();
    if (known < 2) {
      return 0;
    }
    novelty.copy(0, 1, latest);
    float least = Float.MAX_VALUE;
    for (int lag = 1; lag < known && least * novelty.unit() > ordinary; lag += BLOCK) {
      int size = Math.min(BLOCK, known - lag);
      novelty.copy(lag, size, past);
      for (int i = 0; i < size; i++) {
        float apart = Math.abs(past[i] - latest[0]);
        least = apart < least ? apart : least;
      }
    }
    return least * novelty.unit();
  }

  /** Root mean square distance of the last stretch, NaN before the past is twice as long; where it is ordinary, any that is. */
  double stretch(Novelty novelty, double ordinary) {
    int end = Math.min(novelty.known(), novelty.capacity() - 1) - STRETCH + 1;
    if (end <= STRETCH) {
      return Double.NaN;
    }
    novelty.copy(0, STRETCH, latest);
    Likely likely = novelty.likely();
    for (int place = 0; place < Likely.PLACES; place++) {
      int lag = likely.lag(place);
      if (lag >= STRETCH && lag < end) {
        double distance = alone(novelty, lag);
        if (distance <= ordinary) {
          likely.foundAt(lag);
          return distance;
        }
      }
    }
    return nearest(novelty, end, ordinary);
  }

  private double nearest(Novelty novelty, int end, double ordinary) {
    double least = Double.MAX_VALUE;
    int where = STRETCH;
    int blocks = (end - STRETCH + BLOCK - 1) / BLOCK;
    int block = (novelty.likely().lag(0) / BLOCK + 1) % blocks;
    for (int n = 0; n < blocks && least > ordinary; n++) {
      int lag = STRETCH + block * BLOCK;
      int size = Math.min(BLOCK, end - lag);
      reckon(novelty, lag, size);
      int place = place(size);
      double distance = distance(squares[place], novelty);
      if (distance < least) {
        least = distance;
        where = lag + size - 1 - place;
      }
      block = (block + 1) % blocks;
    }
    novelty.likely().foundAt(where);
    return least;
  }

  private static double distance(float square, Novelty novelty) {
    return Math.sqrt(square / STRETCH) * novelty.unit();
  }

  private double alone(Novelty novelty, int lag) {
    novelty.copy(lag, STRETCH, past);
    float square = 0;
    for (int k = 0; k < STRETCH; k++) {
      float apart = past[k] - latest[k];
      square += apart * apart;
    }
    return distance(square, novelty);
  }

  /** The squares of the stretches so many steps back, from {@code lag} on; the furthest back stands first. */
  private void reckon(Novelty novelty, int lag, int size) {
    novelty.copy(lag, size + STRETCH - 1, window);
    Arrays.fill(squares, 0, size, 0);
    for (int k = 0; k < STRETCH; k++) {
      System.arraycopy(window, k, past, 0, size);
      add(latest[k], size);
    }
  }

  private void add(float point, int size) {
    for (int i = 0; i < size; i++) {
      float apart = past[i] - point;
      squares[i] += apart * apart;
    }
  }

  private int place(int size) {
    int place = 0;
    for (int i = 1; i < size; i++) {
      place = squares[i] < squares[place] ? i : place;
    }
    return place;
  }
}
