package io.sluice.backtest;

import io.sluice.forecast.Forecast;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Reading;
import io.sluice.symbols.Symbols;

/** Foretells the symbols of a series, each with the chance it has, and keeps the score. */
final class Soothsayer {
  private final Symbols symbols;
  private final Forecaster forecaster;
  private final Memory memory;
  private final Outcome outcome = new Outcome();
  private int[] likeliest = {};
  private double[] chances = {};
  private long scored;
  private long first;
  private long within;
  private double surprisal;

  Soothsayer(String variable, Symbols symbols) {
    this.symbols = symbols;
    // all are named, so that the chance of any that comes is known; that changes no chance
    ForecastPlan plan = ForecastPlan.of(variable, new Symbols(symbols.names(), symbols.places()));
    forecaster = new Forecaster(plan);
    memory = Memory.fresh(plan);
  }

  /** @param counts whether what was said of this one is scored */
  void hear(Reading reading, Model model, boolean counts) {
    outcome.clear();
    forecaster.advance(memory, reading, model, outcome);
    if (outcome.forecast().isEmpty()) {
      return;
    }
    int place = symbols.place(reading.values()[0]);
    if (counts && place != Symbols.MISSING && likeliest.length > 0) {
      score(place);
    }
    Forecast next = outcome.forecast().get();
    likeliest = next.symbols();
    chances = next.chances();
  }

  private void score(int place) {
    int rank = 0;
    while (likeliest[rank] != place) {
      rank++;
    }
    scored++;
    first += rank == 0 ? 1 : 0;
    within += rank < symbols.top() ? 1 : 0;
    surprisal -= Math.log(chances[rank]);
  }

  long scored() {
    return scored;
  }

  /** Share that was the likeliest. */
  double first() {
    return (double) first / scored;
  }

  /** Share that was among the likeliest few. */
  double within() {
    return (double) within / scored;
  }

  /** Among how many symbols alike the choice would be as hard. */
  double perplexity() {
    return Math.exp(surprisal / scored);
  }
}
