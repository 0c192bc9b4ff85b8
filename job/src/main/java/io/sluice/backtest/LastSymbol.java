package io.sluice.backtest;

import io.sluice.forecast.Reading;
import io.sluice.symbols.Symbols;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Expects of a series what came last, as surely as that has come again so far, and all others alike. */
final class LastSymbol implements Soothsayer {
  private final Symbols symbols;
  private final Map<String, Past> pasts = new HashMap<>();

  private static final class Past {
    private int last = Symbols.MISSING;
    private int pairs;
    private int again;

    /** As if it had come again once and had not once before the first pair (Laplace). */
    private double sure() {
      return (again + 1.0) / (pairs + 2.0);
    }
  }

  LastSymbol(Symbols symbols) {
    this.symbols = symbols;
  }

  @Override
  public double[] chances(String series) {
    Past past = past(series);
    double[] chances = new double[symbols.places()];
    if (past.last == Symbols.MISSING) {
      Arrays.fill(chances, 1.0 / chances.length);
      return chances;
    }
    Arrays.fill(chances, (1 - past.sure()) / (chances.length - 1));
    chances[past.last] = past.sure();
    return chances;
  }

  @Override
  public void hear(Reading reading) {
    int place = symbols.place(reading.values()[0]);
    if (place == Symbols.MISSING) {
      return;
    }
    Past past = past(reading.series());
    if (past.last != Symbols.MISSING) {
      past.pairs++;
      past.again += past.last == place ? 1 : 0;
    }
    past.last = place;
  }

  private Past past(String series) {
    return pasts.computeIfAbsent(series, name -> new Past());
  }
}
