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
 */
final class NoveltySearch {
  private static final int STRETCH = Stretches.POINTS;
  private static final int BLOCK = Stretches.BLOCK;

  /** By so much less than an ordinary square that no rounding makes it another. */
  static final double SURELY = 1 - 1e-6;

  /** Values in the block that is looked at first: most have their like among them. */
  private static final int FEW = 64;

  private final Sweep sweep;
  private final Stretches stretches = new Stretches();
  private final float[] latest = stretches.latest;
  private final float[] window = stretches.window;
  private float enough;

  NoveltySearch() {
    this(Sweep.best(BLOCK));
  }

  NoveltySearch(Sweep sweep) {
    this.sweep = sweep;
  }

  /** Distance of the last value, 0 before there is another; where it is no further than is ordinary, that. */
  double value(Novelty novelty, double ordinary) {
    int known = novelty.known();
    if (known < 2) {
      return 0;
    }
    novelty.copy(0, 1, latest);
    int size = Math.min(FEW, known - 1);
    for (int lag = 1; lag < known; lag += size, size = Math.min(BLOCK, known - lag)) {
      novelty.copy(lag, size, window);
      if (sweep.anyNearer(window, latest[0], (float) ordinary, size)) {
        return ordinary;
      }
    }
    return nearest(novelty, known);
  }

  private double nearest(Novelty novelty, int known) {
    float nearest = Float.MAX_VALUE;
    for (int lag = 1; lag < known; lag += BLOCK) {
      int size = Math.min(BLOCK, known - lag);
      novelty.copy(lag, size, window);
      if (sweep.anyNearer(window, latest[0], nearest, size)) {
        for (int i = 0; i < size; i++) {
          nearest = Math.min(nearest, Math.abs(window[i] - latest[0]));
        }
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
    stretches.begin();
    enough = ordinary < 0 ? -1 : (float) (SURELY * STRETCH * ordinary * ordinary);
    Likely likely = novelty.likely();
    for (int place = 0; place < Likely.PLACES && !found(); place++) {
      int lag = likely.lag(place);
      if (lag >= STRETCH && lag < end) {
        novelty.copy(lag, STRETCH, window);
        alone(lag);
      }
    }
    seek(novelty, end);
    likely.foundAt(stretches.lag());
    return Math.sqrt(stretches.least() / STRETCH);
  }

  private boolean found() {
    return stretches.least() <= enough;
  }

  /** Begins with the block behind the one that a near one stands in. */
  private void seek(Novelty novelty, int end) {
    int blocks = (end - STRETCH + BLOCK - 1) / BLOCK;
    int block = (stretches.lag() / BLOCK + 1) % blocks;
    for (int n = 0; n < blocks && !found(); n++) {
      int lag = STRETCH + block * BLOCK;
      int size = Math.min(BLOCK, end - lag);
      novelty.copy(lag, size + STRETCH - 1, window);
      stretches.look(lag, size);
      sweep.seek(stretches);
      block = (block + 1) % blocks;
    }
  }

  /** The stretch at the beginning of the window, by itself. */
  private void alone(int lag) {
    float square = 0;
    for (int k = 0; k < STRETCH && square < stretches.least(); k++) {
      int point = Stretches.ORDER[k];
      float apart = window[point] - latest[point];
      square += apart * apart;
    }
    stretches.look(lag, 1);
    stretches.hear(0, square);
  }
}
