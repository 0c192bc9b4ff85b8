package io.sluice.backtest;

import io.sluice.forecast.Reading;
import io.sluice.symbols.Symbols;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Counts how often each symbol came in a series, and takes no notice of the order. */
final class Frequency implements Soothsayer {
  private final Symbols symbols;
  private final Map<String, double[]> counts = new HashMap<>();

  Frequency(Symbols symbols) {
    this.symbols = symbols;
  }

  /** As if each had come once before the first (Laplace). */
  @Override
  public double[] chances(String series) {
    double[] chances = counts(series).clone();
    double all = Arrays.stream(chances).sum();
    Arrays.setAll(chances, place -> chances[place] / all);
    return chances;
  }

  @Override
  public void hear(Reading reading) {
    int place = symbols.place(reading.values()[0]);
    if (place != Symbols.MISSING) {
      counts(reading.series())[place]++;
    }
  }

  private double[] counts(String series) {
    return counts.computeIfAbsent(
        series,
        name -> {
          double[] ones = new double[symbols.places()];
          Arrays.fill(ones, 1);
          return ones;
        });
  }
}
