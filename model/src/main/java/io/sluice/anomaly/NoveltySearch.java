package io.sluice.anomaly;

/**
 * How far what is newest lies from the nearest of the past: the last value from any before it, and the last stretch of
 * values, point by point, from any stretch that ended before it began. Unlike an outline's, these distances are of values: a
 * known shape at a level never seen is new.
 *
 * <p>Whoever asks says what distance is ordinary. The first that is no longer ends the search, and most often stands where
 * the last one stood; so the exact distance, which costs a pass over the past, is sought for the few readings that are out
 * of the ordinary. In that pass a few points of each stretch, taken over its length, are compared first, and the others
 * where those leave hope. Scratch only.
 *
 * <p>A distance has the same bits whether it is reckoned alone or abreast of others: the points are compared in one order.
 * The loops over many stretches go over arrays index by index: so the compiler vectorises them.
 */
final class NoveltySearch {
  /** Values that make a stretch; from 16 to 24 it hardly matters. */
  static final int STRETCH = 24;

  private static final int FIRST = 12;
  private static final int BLOCK = 256;

  /** Points of a stretch in the order in which they are compared: any few in a row lie apart. */
  private static final int[] ORDER = order();

  private final float[] latest = new float[STRETCH];
  private final float[] window = new float[BLOCK + STRETCH];
  private final float[] past = new float[BLOCK];
  private final float[] squares = new float[BLOCK];
  private float least;
  private int where;

  private static int[] order() {
    int[] order = new int[STRETCH];
    for (int i = 0; i < STRETCH; i++) {
      order[i] = (i * 7 + STRETCH - 1) % STRETCH;
    }
    return order;
  }

  /** Distance of the last value, 0 before there is another; where it is ordinary, any that is. */
  double value(Novelty novelty, double ordinary) {
    int known = novelty.known();
    if (known < 2) {
      return 0;
    }
    novelty.copy(0, 1, latest);
    float nearest = Float.MAX_VALUE;
    for (int lag = 1; lag < known && nearest > ordinary; lag += BLOCK) {
      int size = Math.min(BLOCK, known - lag);
      novelty.copy(lag, size, past);
      for (int i = 0; i < size; i++) {
        nearest = Math.min(nearest, Math.abs(past[i] - latest[0]));
      }
    }
    return nearest;
  }

  /** Root mean square distance of the last stretch, NaN before the past is twice as long; where it is ordinary, any that is. */
  double stretch(Novelty novelty, double ordinary) {
    int end = Math.min(novelty.known(), novelty.capacity() - 1) - STRETCH + 1;
    if (end <= STRETCH) {
      return Double.NaN;
    }
    novelty.copy(0, STRETCH, latest);
    least = Float.MAX_VALUE;
    where = STRETCH;
    Likely likely = novelty.likely();
    for (int place = 0; place < Likely.PLACES && distance() > ordinary; place++) {
      int lag = likely.lag(place);
      if (lag >= STRETCH && lag < end) {
        novelty.copy(lag, STRETCH, window);
        compare(0, lag, 0, 0);
      }
    }
    seek(novelty, end, ordinary);
    likely.foundAt(where);
    return distance();
  }

  private double distance() {
    return Math.sqrt(least / STRETCH);
  }

  private void seek(Novelty novelty, int end, double ordinary) {
    int blocks = (end - STRETCH + BLOCK - 1) / BLOCK;
    int block = (where / BLOCK + 1) % blocks;
    for (int n = 0; n < blocks && distance() > ordinary; n++) {
      int lag = STRETCH + block * BLOCK;
      int size = Math.min(BLOCK, end - lag);
      novelty.copy(lag, size + STRETCH - 1, window);
      begin(size);
      for (int i = 0; i < size; i++) {
        if (squares[i] < least) {
          compare(i, lag + size - 1 - i, FIRST, squares[i]);
        }
      }
      block = (block + 1) % blocks;
    }
  }

  /** The squares of the first few points of all stretches in the window. */
  private void begin(int size) {
    System.arraycopy(window, ORDER[0], past, 0, size);
    float point = latest[ORDER[0]];
    for (int i = 0; i < size; i++) {
      squares[i] = (past[i] - point) * (past[i] - point);
    }
    for (int k = 1; k < FIRST; k++) {
      System.arraycopy(window, ORDER[k], past, 0, size);
      add(latest[ORDER[k]], size);
    }
  }

  private void add(float point, int size) {
    for (int i = 0; i < size; i++) {
      float apart = past[i] - point;
      squares[i] += apart * apart;
    }
  }

  /** Goes on with the stretch that begins there in the window, from that point in their order and that sum of squares. */
  private void compare(int place, int lag, int from, float sum) {
    float square = sum;
    for (int k = from; k < STRETCH && square < least; k++) {
      float apart = window[place + ORDER[k]] - latest[ORDER[k]];
      square += apart * apart;
    }
    if (square < least) {
      least = square;
      where = lag;
    }
  }
}
