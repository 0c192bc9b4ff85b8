package io.sluice.backtest;

import io.sluice.forecast.Forecast;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Reading;
import io.sluice.symbols.Symbols;
import java.util.HashMap;
import java.util.Map;

/** The production forecaster: the network that it is told to believe in, beside its chain. */
final class Oracle implements Soothsayer {
  private final ForecastPlan plan;
  private final Forecaster forecaster;
  private final Map<String, Memory> memories = new HashMap<>();
  private final Map<String, double[]> said = new HashMap<>();
  private final Outcome outcome = new Outcome();
  private Model model = Model.none();

  Oracle(String variable, Symbols symbols) {
    // all are named, so that the chance of any that comes is known; that changes no chance
    plan = ForecastPlan.of(variable, new Symbols(symbols.names(), symbols.places()));
    forecaster = new Forecaster(plan);
  }

  /** From now on that network speaks. */
  void believe(Model speaks) {
    model = speaks;
  }

  @Override
  public double[] chances(String series) {
    return said.get(series);
  }

  @Override
  public void hear(Reading reading) {
    Memory memory = memories.computeIfAbsent(reading.series(), series -> Memory.fresh(plan));
    outcome.clear();
    forecaster.advance(memory, reading, model, outcome);
    outcome.forecast().ifPresent(next -> said.put(reading.series(), byPlace(next)));
  }

  private double[] byPlace(Forecast next) {
    double[] chances = new double[plan.symbols().places()];
    for (int rank = 0; rank < chances.length; rank++) {
      chances[next.symbols()[rank]] = next.chances()[rank];
    }
    return chances;
  }
}
