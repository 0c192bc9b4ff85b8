package io.sluice.anomaly;

/**
 * Where a like of what is newest was found of late, as steps back: what was alike a step ago is often alike now. Only where
 * a search begins hangs on it, never what it finds, so it is no part of a memory's bytes.
 */
final class Likely {
  /** Places tried before all of the past is. */
  static final int PLACES = 8;

  private final int[] lags = new int[PLACES];

  /** The best guess first; 0 where there is none. */
  int lag(int place) {
    return lags[place];
  }

  /** A like was found there: it is tried first next time, and the last of the places is forgotten. */
  void foundAt(int lag) {
    int place = 0;
    while (place < PLACES - 1 && lags[place] != lag) {
      place++;
    }
    System.arraycopy(lags, 0, lags, 1, place);
    lags[0] = lag;
  }
}
