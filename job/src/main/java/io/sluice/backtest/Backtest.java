package io.sluice.backtest;

import io.sluice.connectors.files.Columns;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Reading;
import io.sluice.forecast.Timing;
import io.sluice.training.Epoch;
import io.sluice.weights.Horizon;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** One series' file through the production forecaster, prequentially: each reading is forecast, judged, then learnt from. */
public final class Backtest {
  private static final List<Double> QUANTILES = List.of(0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95);

  private static final Duration CENTURY = Duration.ofDays(36_500);

  private final BacktestPlan plan;
  private final List<Reading> readings;
  private final Horizon horizon;
  private final ForecastPlan forecasts;
  private final Scores scores;
  private final Rivals rivals;
  private final Chronicle chronicle;
  private final Moments moments = new Moments();
  private final Outcome outcome = new Outcome();
  private final Loop loop;
  private Memory memory;

  private Backtest(BacktestPlan plan, List<Reading> readings) {
    this.plan = plan;
    this.readings = readings;
    forecasts = plan.forecasts();
    horizon = forecasts.horizon();
    scores = new Scores(plan, readings, horizon);
    rivals = new Rivals(horizon, scores, forecasts.variables().size());
    chronicle = new Chronicle(plan, readings, horizon);
    loop = new Loop(plan, forecasts, readings);
    memory = Memory.fresh(forecasts);
  }

  /** What is forecast of a file; every lead up to the furthest where that is feasible. */
  static ForecastPlan forecasts(Columns columns, List<Integer> leads, int history) {
    return exactly(columns, BacktestPlan.leads(leads), history);
  }

  private static ForecastPlan exactly(Columns columns, List<Integer> leads, int history) {
    Horizon horizon = new Horizon(leads, QUANTILES);
    return new ForecastPlan(columns.values(), columns.covariates(), horizon, patient(), 64, 32, 0)
        .withHistory(history);
  }

  /** A file may hold a reading a month: without settings that say otherwise, no silence makes its series be forgotten. */
  private static Timing patient() {
    Timing standard = Timing.DEFAULT;
    return new Timing(
        standard.order(),
        standard.interval(),
        standard.lateness(),
        standard.held(),
        standard.maxSkew(),
        standard.maxGap(),
        CENTURY,
        standard.zones());
  }

  public static Backtest of(BacktestPlan plan) throws IOException {
    return new Backtest(plan, read(plan));
  }

  /** The readings of the file that are used. */
  static List<Reading> read(BacktestPlan plan) throws IOException {
    List<Reading> readings = OneSeries.read(plan);
    return readings.subList(0, plan.used(readings.size()));
  }

  public int readings() {
    return readings.size();
  }

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Watcher {
    /** So many readings are done. */
    void read(int readings);

    /** One of so many epochs of the round that is held after so many readings has ended. */
    default void learnt(int readings, Epoch epoch, int epochs) {}
  }

  /** Runs and writes; interrupted, it stops learning. Returns what {@code metrics.json} holds. */
  public Metrics run(Watcher watcher) throws IOException, InterruptedException {
    Files.createDirectories(plan.out());
    Forecaster forecaster = new Forecaster(forecasts);
    try (Rows rows = new Rows(plan, forecasts, horizon)) {
      for (int i = 0; i < readings.size(); i++) {
        retire(i, forecaster, rows);
        outcome.clear();
        int done = i;
        Model model = loop.before(i, (epoch, epochs) -> watcher.learnt(done, epoch, epochs));
        forecaster.stopwatch().start();
        forecaster.advance(memory, readings.get(i), model, outcome);
        forecaster.stopwatch().stop();
        tell(i, rows);
        watcher.read(i + 1);
      }
    }
    loop.write();
    Upkeep upkeep = Upkeep.of(forecaster, memory, readings.size());
    return new Metrics(plan, horizon, scores, loop.taught(), upkeep);
  }

  /** A series that was silent for long enough is forgotten, as the job forgets it, and that is told. */
  private void retire(int i, Forecaster forecaster, Rows rows) throws IOException {
    Reading reading = readings.get(i);
    if (forecaster.outlived(memory, reading)) {
      outcome.clear();
      forecaster.silence(reading.series(), memory, forecaster.retiresAt(memory), outcome);
      rows.silence(outcome.verdict().orElseThrow());
      moments.verdict(i, outcome.verdict().orElseThrow());
      memory = Memory.fresh(forecasts);
    }
  }

  private void tell(int i, Rows rows) throws IOException {
    rows.verdict(readings.get(i), outcome.verdict(), outcome.passedOver());
    outcome.verdict().ifPresent(verdict -> chronicle.verdict(i, verdict));
    outcome.verdict().ifPresent(verdict -> moments.verdict(i, verdict));
    if (outcome.forecast().isPresent()) {
      Forecast forecast = outcome.forecast().get();
      scores.heard(Scores.SLUICE, i, forecast::quantile);
      chronicle.forecast(i, forecast);
      rows.forecast(i, forecast, scores);
      rivals.hear(readings.get(i), memory);
      rivals.score(i, scores);
    }
  }

  /** Which settings give a job what was said here, and what they cost it. */
  public String production() {
    ForecastPlan job =
        plan.production().orElseGet(() -> exactly(plan.columns(), leads(), plan.history()));
    return Production.of(job, plan.production().isPresent(), readings).text();
  }

  /** Those that were asked for, and the shortest forecast, by which readings are judged. */
  private List<Integer> leads() {
    return Stream.concat(horizon.leads().stream().limit(1), plan.horizon().stream())
        .distinct()
        .toList();
  }

  /** What {@code report.html} shows, once all has run. */
  public Report report() {
    Report.Drawn drawn = new Report.Drawn(chronicle, moments, loop.reach());
    return new Report(drawn, plan, horizon, scores);
  }
}
