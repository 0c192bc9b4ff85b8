package io.sluice.backtest;

/** How many readings lay inside their interval, in stretches of the scored part. */
final class CoverageOverTime {
  private static final int MOST = 120;

  /** Readings under which a share says nothing. */
  private static final int FEWEST = 50;

  private final int begin;
  private final int stretch;
  private final int[][][] scored;
  private final int[][][] held;

  CoverageOverTime(int variables, int leads, int begin, int end) {
    this.begin = begin;
    stretch = Math.max(FEWEST, (end - begin - 1) / MOST + 1);
    int stretches = (Math.max(0, end - begin) + stretch - 1) / stretch;
    scored = new int[variables][leads][stretches];
    held = new int[variables][leads][stretches];
  }

  /** @param at the reading that was foretold, its number in the file */
  void scored(int variable, int lead, int at, boolean inside) {
    int place = (at - begin) / stretch;
    scored[variable][lead][place]++;
    held[variable][lead][place] += inside ? 1 : 0;
  }

  int begin() {
    return begin;
  }

  /** Readings of each stretch. */
  int stretch() {
    return stretch;
  }

  int[] scored(int variable, int lead) {
    return scored[variable][lead];
  }

  int[] held(int variable, int lead) {
    return held[variable][lead];
  }
}
