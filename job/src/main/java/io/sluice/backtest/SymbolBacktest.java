package io.sluice.backtest;

import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Reading;
import io.sluice.symbols.Symbols;
import io.sluice.weights.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Series of symbols through the production forecaster, prequentially. A network learns the part for training and speaks
 * of what is later than all of it; the Markov chain, which needs no training, and those who merely count go beside it and are scored over the
 * same symbols.
 */
public final class SymbolBacktest {
  private final BacktestPlan plan;
  private final Symbols symbols;
  private final ForecastPlan forecasts;
  private final List<Reading> readings;
  private final int begin;
  private final Forecaster judge;
  private final Map<String, Memory> memories = new HashMap<>();
  private final Oracle sluice;
  private final Map<String, Soothsayer> soothsayers = new LinkedHashMap<>();
  private final SymbolScores scores;
  private final SymbolChronicle chronicle;
  private final Moments moments = new Moments();
  private final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
  private final Outcome outcome = new Outcome();

  private SymbolBacktest(BacktestPlan plan, List<Reading> readings) {
    this.plan = plan;
    this.readings = readings;
    begin = plan.begin(readings.size());
    symbols = plan.columns().symbols();
    String variable = plan.columns().values().get(0);
    forecasts = ForecastPlan.of(variable, symbols);
    judge = new Forecaster(forecasts);
    sluice = new Oracle(variable, symbols);
    List<Soothsayer> rivals =
        List.of(new Oracle(variable, symbols), new Frequency(symbols), new LastSymbol(symbols));
    soothsayers.put(SymbolScores.SLUICE, sluice);
    for (int rival = 0; rival < rivals.size(); rival++) {
      soothsayers.put(SymbolScores.RIVALS.get(rival), rivals.get(rival));
    }
    scores = new SymbolScores(symbols, begin, readings.size());
    chronicle = new SymbolChronicle(symbols);
  }

  public static SymbolBacktest of(BacktestPlan plan) throws IOException {
    return new SymbolBacktest(plan, Backtest.read(plan));
  }

  public int readings() {
    return readings.size();
  }

  /** Learns, runs and writes the verdicts. Returns what {@code metrics.json} holds. */
  public SymbolMetrics run(Backtest.Watcher watcher) throws IOException, InterruptedException {
    Files.createDirectories(plan.out());
    Optional<Release> network = learn(plan.trained(readings.size()), watcher);
    Succession.keep(plan.weights(), network.stream().toList());
    Succession succession = new Succession(forecasts);
    network.ifPresent(succession::add);
    try (SymbolRows rows = new SymbolRows(plan, symbols)) {
      for (int i = 0; i < readings.size(); i++) {
        Reading reading = readings.get(i);
        Model speaks = succession.at(reading.time());
        outcome.clear();
        judge.advance(memory(reading.series()), reading, speaks, outcome);
        rows.verdict(reading, outcome);
        tell(i);
        sluice.believe(speaks);
        soothsayers.values().forEach(one -> one.hear(reading));
        watcher.read(i + 1);
      }
    }
    return new SymbolMetrics(plan, scores, network.isPresent(), kinds, bytes());
  }

  private Memory memory(String series) {
    return memories.computeIfAbsent(series, name -> Memory.fresh(forecasts));
  }

  private int bytes() {
    return (int)
        memories.values().stream().mapToInt(memory -> memory.bytes().length).average().orElse(0);
  }

  /** Of the reading that was judged; what was said of it is known still. */
  private void tell(int i) {
    if (outcome.verdict().isEmpty()) {
      return;
    }
    Verdict verdict = outcome.verdict().get();
    int place = symbols.place(verdict.actual()[0]);
    double[] chances = sluice.chances(verdict.series());
    boolean foretold = place != Symbols.MISSING && chances != null;
    chronicle.verdict(i, verdict, foretold ? chances[place] : Double.NaN);
    moments.verdict(i, verdict);
    if (i < begin) {
      return;
    }
    kinds.merge(verdict.kind(), 1, Integer::sum);
    scores.verdict(verdict);
    if (foretold) {
      soothsayers.forEach(
          (name, one) -> scores.heard(name, i, one.chances(verdict.series()), place));
      scores.heardSluice(verdict.series(), chances, place);
    }
  }

  private Optional<Release> learn(int learnt, Backtest.Watcher watcher)
      throws InterruptedException {
    return plan.retrainEvery() == BacktestPlan.NEVER
        ? Optional.empty()
        : new Apprentice(forecasts)
            .learn(readings.subList(0, learnt), (epoch, of) -> watcher.learnt(learnt, epoch, of));
  }

  /** What {@code report.html} shows, once all has run. */
  public SymbolReport report(SymbolMetrics metrics) {
    return new SymbolReport(plan, readings, metrics, new SymbolReport.Drawn(chronicle, moments));
  }
}
