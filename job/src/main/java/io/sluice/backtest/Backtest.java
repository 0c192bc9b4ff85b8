package io.sluice.backtest;

import io.sluice.anomaly.Verdict;
import io.sluice.connectors.files.CsvReadings;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Outcomes;
import io.sluice.forecast.Reading;
import io.sluice.forecast.Timing;
import io.sluice.online.Ensemble;
import io.sluice.online.EnsemblePlan;
import io.sluice.online.Experience;
import io.sluice.weights.Horizon;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** One series' file through the production forecaster, prequentially: each reading is forecast, judged, then learnt from. */
public final class Backtest {
  private static final List<Double> QUANTILES = List.of(0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95);
  private static final double[] NO_NETWORK = {};

  private final BacktestPlan plan;
  private final List<Reading> readings;
  private final Horizon horizon;
  private final ForecastPlan forecasts;
  private final Ensemble ensemble;
  private final List<Experience> rivals = new ArrayList<>();
  private final Scores scores;
  private final Outcome outcome = new Outcome();

  private Backtest(BacktestPlan plan, List<Reading> readings) {
    this.plan = plan;
    this.readings = readings;
    horizon = new Horizon(plan.leads(), QUANTILES);
    forecasts =
        new ForecastPlan(
                plan.columns().values(),
                plan.columns().covariates(),
                horizon,
                Timing.DEFAULT,
                64,
                32,
                0)
            .withHistory(plan.history());
    EnsemblePlan rival = EnsemblePlan.of(plan.leads(), plan.history());
    ensemble = new Ensemble(rival);
    forecasts.variables().forEach(variable -> rivals.add(Experience.fresh(rival)));
    scores = new Scores(plan, readings, horizon);
  }

  public static Backtest of(BacktestPlan plan) throws IOException {
    List<Reading> readings = new ArrayList<>();
    try (CsvReadings file = CsvReadings.open(plan.data(), plan.columns())) {
      for (Optional<Reading> next = file.next(); next.isPresent(); next = file.next()) {
        readings.add(next.get());
      }
    }
    if (readings.size() < 2) {
      throw new IOException("%s holds %d readings".formatted(plan.data(), readings.size()));
    }
    return new Backtest(plan, List.copyOf(readings.subList(0, plan.used(readings.size()))));
  }

  public int readings() {
    return readings.size();
  }

  /** Runs and writes; {@code progress} hears the readings done. Returns what {@code metrics.json} holds. */
  public Metrics run(IntConsumer progress) throws IOException {
    Files.createDirectories(plan.out());
    Forecaster forecaster = new Forecaster(forecasts);
    Memory memory = Memory.fresh(forecasts);
    long spent = 0;
    try (Rows rows = new Rows(plan, forecasts, horizon)) {
      for (int i = 0; i < readings.size(); i++) {
        outcome.clear();
        long start = System.nanoTime();
        forecaster.advance(memory, readings.get(i), Model.none(), outcome);
        spent += System.nanoTime() - start;
        rows.verdict(readings.get(i), outcome.verdict, outcome.passedOver);
        if (outcome.forecast.isPresent()) {
          scores.forecast(i, outcome.forecast.get());
          rows.forecast(i, outcome.forecast.get(), scores);
        }
        rival(i);
        progress.accept(i + 1);
      }
    }
    return new Metrics(plan, horizon, scores, readings.size() / (spent / 1e9));
  }

  private void rival(int i) {
    double[] expected = new double[horizon.leads().size()];
    for (int variable = 0; variable < rivals.size(); variable++) {
      Experience experience = rivals.get(variable);
      ensemble.observe(experience, readings.get(i).values()[variable]);
      ensemble.expect(experience, NO_NETWORK, expected);
      for (int lead = 0; lead < expected.length; lead++) {
        double[] voices = experience.voices(lead);
        scores.rivals(i, variable, lead, new double[] {voices[0], voices[1], voices[3]});
      }
    }
  }

  private static final class Outcome implements Outcomes {
    private Optional<Forecast> forecast = Optional.empty();
    private Optional<Verdict> verdict = Optional.empty();
    private String passedOver = "";

    void clear() {
      forecast = Optional.empty();
      verdict = Optional.empty();
      passedOver = "";
    }

    @Override
    public void forecast(Forecast made) {
      forecast = Optional.of(made);
    }

    @Override
    public void verdict(Verdict made) {
      verdict = Optional.of(made);
    }

    @Override
    public void late(Reading reading, String reason) {
      passedOver = reason;
    }

    @Override
    public void repeat(Reading reading) {
      passedOver = "repeat";
    }
  }
}
