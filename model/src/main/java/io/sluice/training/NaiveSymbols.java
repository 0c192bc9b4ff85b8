package io.sluice.training;

import io.sluice.symbols.Chain;

/**
 * The forecast of symbols that costs nothing: what most often followed the last two. What learns must do better.
 */
public final class NaiveSymbols {
  private final Chain chain;
  private final double[] chances;

  /**
   * Looks at what the windows' targets were.
   *
   * @param places of symbols
   */
  public NaiveSymbols(Windows windows, int places) {
    chain = new Chain(places);
    chances = new double[places];
    walk(windows, 0, true);
  }

  /** The mean loss over the windows, their first {@code burnIn} steps not counted; NaN where nothing counts. */
  public double loss(Windows windows, int burnIn) {
    return walk(windows, burnIn, false);
  }

  private double walk(Windows windows, int burnIn, boolean learns) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < windows.count(); i++) {
      Window window = windows.window(i);
      int before = -1;
      int last = -1;
      for (int t = 0; t < window.targets().length; t++) {
        int next = Float.isNaN(window.targets()[t]) ? -1 : (int) window.targets()[t];
        float counts = next < 0 ? 0 : window.mask()[t];
        if (learns && counts > 0) {
          chain.learn(before, last, next);
        } else if (counts > 0 && t >= burnIn) {
          chain.expect(before, last, chances);
          sum -= counts * StrictMath.log(chances[next]);
          weight += counts;
        }
        before = last;
        last = next;
      }
    }
    return sum / weight;
  }
}
