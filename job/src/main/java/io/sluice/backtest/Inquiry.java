package io.sluice.backtest;

import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.backtest.Explanation.Finding;
import io.sluice.connectors.files.Columns;
import io.sluice.connectors.files.CsvReadings;
import io.sluice.forecast.Account;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Reading;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays a series again until one of its readings, and looks at the memory just before that. */
public final class Inquiry {
  private static final int SHOWN = 8;

  private final ForecastPlan plan;
  private Memory memory;
  private final Forecaster forecaster;
  private final Succession succession;
  private final Outcome outcome = new Outcome();
  private final Deque<Reading> before = new ArrayDeque<>();
  private long last = Long.MIN_VALUE;
  private int rows;

  /** By the plan of a backtest without settings. */
  public Inquiry(Columns columns, List<Integer> leads, int history, Optional<Path> weights)
      throws IOException {
    this(Backtest.forecasts(columns, leads, history), weights);
  }

  /** @param weights folder of the networks that answer, as a backtest leaves it; absent for none */
  public Inquiry(ForecastPlan plan, Optional<Path> weights) throws IOException {
    this(plan, weights.isPresent() ? Succession.of(weights.get(), plan) : new Succession(plan));
  }

  private Inquiry(ForecastPlan plan, Succession succession) {
    this.plan = plan;
    this.succession = succession;
    memory = Memory.fresh(plan);
    forecaster = new Forecaster(plan);
  }

  /**
   * Why the reading of that time was judged as it was.
   *
   * @param series whose readings count, all without one
   */
  public Explanation at(Path file, Columns columns, Optional<String> series, long time)
      throws IOException {
    try (CsvReadings readings = CsvReadings.open(file, columns)) {
      for (Optional<Reading> next = readings.next(); next.isPresent(); next = readings.next()) {
        Reading reading = next.get();
        if (series.isEmpty() || series.get().equals(reading.series())) {
          if (reading.time() == time) {
            return explain(reading);
          }
          step(reading);
        }
      }
    }
    throw none(file.toString(), series, time);
  }

  /**
   * The same of a job: its readings are played from the beginning of the topic, or from a savepoint on, with the weights that
   * answer now. As bit for bit as what is played is whole; what people said of alerts meanwhile is not heard.
   *
   * @param from what a savepoint remembers of the series, if one is named
   */
  public static Explanation of(Settings settings, String series, long time, Optional<Memory> from) {
    if (settings.plan().symbols().any()) {
      throw new IllegalArgumentException("series of symbols cannot be explained, only numbers");
    }
    TopicSeries topic = new TopicSeries(settings, series);
    Inquiry inquiry = new Inquiry(settings.plan(), topic.succession());
    List<Reading> readings = topic.readings();
    int begin = from.isPresent() ? inquiry.goOn(from.get(), readings, time) : 0;
    for (Reading reading : readings.subList(begin, readings.size())) {
      if (inquiry.forecaster.outlived(inquiry.memory, reading)) {
        inquiry.memory = Memory.fresh(settings.plan());
      }
      if (reading.time() == time) {
        return inquiry.explain(reading);
      }
      inquiry.step(reading);
    }
    String name = "topic \"%s\"".formatted(settings.readings().topic());
    throw inquiry.none(name, Optional.of(series), time);
  }

  /** From a memory on: passes over what it has heard, and returns how many readings that is. */
  private int goOn(Memory from, List<Reading> readings, long time) {
    memory = from;
    if (time <= memory.time()) {
      throw new IllegalStateException(
          "the savepoint has heard the series up to %s: name one from before %s, or none"
              .formatted(Instant.ofEpochMilli(memory.time()), Instant.ofEpochMilli(time)));
    }
    // the first: one that was sent once more later stands behind readings not heard yet
    int heard = 0;
    for (int i = 0; i < readings.size() && heard == 0; i++) {
      heard = memory.last(readings.get(i)) ? i + 1 : 0;
    }
    while (heard < readings.size() && readings.get(heard).time() <= memory.time()) {
      heard++;
    }
    readings.subList(0, heard).forEach(this::pass);
    return heard;
  }

  private IllegalStateException none(String where, Optional<String> series, long time) {
    String whose = series.map(name -> " of series \"" + name + "\"").orElse("");
    return new IllegalStateException(
        "%s has no reading%s at %s; %s"
            .formatted(where, whose, Instant.ofEpochMilli(time), nearest()));
  }

  private String nearest() {
    return rows == 0
        ? "it has none at all"
        : "the last of its %d is at %s".formatted(rows, Instant.ofEpochMilli(last));
  }

  private void step(Reading reading) {
    pass(reading);
    forecaster.advance(memory, reading, succession.at(reading.time()), outcome);
  }

  private void pass(Reading reading) {
    rows++;
    last = reading.time();
    before.addLast(reading);
    if (before.size() > SHOWN) {
      before.removeFirst();
    }
  }

  private Explanation explain(Reading reading) {
    List<Account> accounts = new ArrayList<>();
    for (int variable = 0; variable < plan.variables().size(); variable++) {
      accounts.add(Account.of(memory, variable, 0));
    }
    List<Account.Norms> norms = Account.norms(memory, succession.at(memory.time()));
    double threshold = forecaster.threshold(memory);
    List<Reading> shown = List.copyOf(before);
    outcome.clear();
    step(reading);
    Verdict verdict =
        outcome
            .verdict()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "that reading was not judged: " + outcome.passedOver()));
    return new Explanation(
        rows,
        verdict,
        shown,
        plan.variables(),
        findings(accounts),
        norms,
        threshold,
        plan.horizon().promised());
  }

  private List<Finding> findings(List<Account> accounts) {
    List<Finding> findings = new ArrayList<>();
    for (int variable = 0; variable < accounts.size(); variable++) {
      Map<Kind, Double> tests = new EnumMap<>(Kind.class);
      for (Kind kind : Kind.values()) {
        double evidence = forecaster.suspicion().evidence(variable, kind);
        if (evidence > 0) {
          tests.put(kind, evidence);
        }
      }
      findings.add(new Finding(accounts.get(variable), Account.symptoms(memory, variable), tests));
    }
    return findings;
  }
}
