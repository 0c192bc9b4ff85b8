package io.sluice.backtest;

import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.backtest.NumbersExplained.Finding;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.files.Columns;
import io.sluice.connectors.files.CsvReadings;
import io.sluice.forecast.Account;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Odds;
import io.sluice.forecast.Reading;
import io.sluice.job.Recollection;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Plays a series again until one of its readings, and looks at the memory just before that. */
public final class Inquiry {
  private static final int SHOWN = 8;

  private final ForecastPlan plan;
  private Memory memory;
  private final Forecaster forecaster;
  private final Function<Reading, Model> answers;
  private final Function<Verdict, List<String>> caveats;
  private final Outcome outcome = new Outcome();
  private final Deque<Reading> before = new ArrayDeque<>();
  private Model answered = Model.none();

  /** Whether a series that is silent for long begins anew: not in a backtest of symbols. */
  private boolean forgets = true;

  /** Whether a savepoint may have heard already what is heard after it. */
  private boolean doubtful;

  private long last = Long.MIN_VALUE;
  private int rows;

  /**
   * Which reading is asked about.
   *
   * @param series whose readings count, all without one
   * @param which of those of that time, from 1: several symbols may come at once
   */
  public record Question(Optional<String> series, long time, int which) {
    public Question {
      if (which < 1) {
        throw new IllegalArgumentException(
            "readings of one time count from 1, not from %d".formatted(which));
      }
    }

    private Instant instant() {
      return Instant.ofEpochMilli(time);
    }

    private String whose() {
      return series.map(name -> " of series \"" + name + "\"").orElse("");
    }
  }

  /** By the plan of a backtest without settings. */
  public Inquiry(Columns columns, List<Integer> leads, int history, Optional<Path> weights)
      throws IOException {
    this(standard(columns, leads, history), weights);
    forgets = !columns.symbols().any();
  }

  /** @param weights folder of the networks that answer, as a backtest leaves it; absent for none */
  public Inquiry(ForecastPlan plan, Optional<Path> weights) throws IOException {
    this(plan, succession(plan, weights), verdict -> List.of());
  }

  private static Function<Reading, Model> succession(ForecastPlan plan, Optional<Path> weights)
      throws IOException {
    Succession succession =
        weights.isPresent() ? Succession.of(weights.get(), plan) : new Succession(plan);
    return reading -> succession.at(reading.time());
  }

  private Inquiry(
      ForecastPlan plan,
      Function<Reading, Model> answers,
      Function<Verdict, List<String>> caveats) {
    this.plan = plan;
    this.answers = answers;
    this.caveats = caveats;
    memory = Memory.fresh(plan);
    forecaster = new Forecaster(plan);
  }

  private static ForecastPlan standard(Columns columns, List<Integer> leads, int history) {
    return columns.symbols().any()
        ? ForecastPlan.of(columns.values().get(0), columns.symbols())
        : Backtest.forecasts(columns, leads, history);
  }

  /** Why the reading was judged as it was. */
  public Explanation at(Path file, Columns columns, Question question) throws IOException {
    List<Reading> readings = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    try (CsvReadings rows = CsvReadings.open(file, columns)) {
      for (Optional<Reading> next = rows.next(); next.isPresent(); next = rows.next()) {
        Reading reading = next.get();
        if (question.series().isEmpty() || question.series().get().equals(reading.series())) {
          readings.add(reading);
          names.add(reading.series());
        }
      }
    }
    if (names.size() > 1) {
      throw new IOException(
          "%s holds %d series: name one with --series".formatted(file, names.size()));
    }
    return play(new Past(readings, Set.of()), 0, question)
        .orElseThrow(() -> none(file.toString(), question));
  }

  /**
   * The same of a job: its readings, and what people said of alerts, are played from the beginning of their topics, or from a
   * savepoint on, with the weights that answered then. As bit for bit as what is played is whole.
   *
   * @param from what a savepoint remembers of the series, if one is named
   * @param weights folder of releases beside those of the topic, if one is named
   */
  public static Explanation of(
      Settings settings, Question question, Optional<Recollection> from, Optional<Path> weights)
      throws IOException {
    String series = question.series().orElseThrow();
    JobRows rows = JobRows.of(settings, series, question.time());
    Answers answers = Answers.of(settings, series, rows, weights);
    Past past = new TopicSeries(settings, series, rows).past();
    Inquiry inquiry =
        new Inquiry(
            settings.plan(),
            answers::of,
            verdict -> notes(rows.beside(verdict, settings.rows()), rows, answers));
    int begin = 0;
    if (from.isPresent()) {
      inquiry.answered = answers.version(from.get().memory().version());
      begin = inquiry.goOn(from.get().memory(), past.readings(), question);
      inquiry.doubtful = past.beginWith(begin, from.get().heard());
    }
    String name = "topic \"%s\"".formatted(settings.readings().topic());
    Optional<Explanation> explanation = inquiry.play(past, begin, question);
    if (explanation.isEmpty() && past.passedOver(question.time())) {
      throw new IllegalStateException(
          "that reading was not judged: the job's topic of late readings, or of dead letters, has it");
    }
    return explanation.orElseThrow(() -> inquiry.none(name, question));
  }

  /** From a memory on: passes over what it has heard, and returns how many readings that is. */
  private int goOn(Memory from, List<Reading> readings, Question question) {
    memory = from;
    if (question.time() <= memory.time()) {
      throw new IllegalStateException(
          "the savepoint has heard the series up to %s: name one from before %s, or none"
              .formatted(Instant.ofEpochMilli(memory.time()), question.instant()));
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

  /** Up to the reading that is asked about, if there is one. */
  private Optional<Explanation> play(Past past, int begin, Question question) {
    int found = 0;
    for (int next = begin; next < past.readings().size(); next++) {
      past.said(next).forEach(this::hear);
      Reading reading = past.readings().get(next);
      if (forgets && forecaster.outlived(memory, reading)) {
        memory = Memory.fresh(plan);
      }
      found += reading.time() == question.time() ? 1 : 0;
      if (found == question.which()) {
        return Optional.of(explain(reading));
      }
      step(reading);
    }
    return Optional.empty();
  }

  private IllegalStateException none(String where, Question question) {
    return new IllegalStateException(
        "%s has no %sreading%s at %s; %s"
            .formatted(
                where,
                question.which() == 1 ? "" : question.which() + ". ",
                question.whose(),
                question.instant(),
                nearest()));
  }

  private String nearest() {
    return rows == 0
        ? "it has none at all"
        : "the last of its %d is at %s".formatted(rows, Instant.ofEpochMilli(last));
  }

  /** What is said of a series that is not known is for nobody. */
  private void hear(Arrival.Labelled said) {
    if (memory.heard()) {
      forecaster.hear(memory, said.label(), said.time());
    }
  }

  private void step(Reading reading) {
    pass(reading);
    answered = answers.apply(reading);
    forecaster.advance(memory, reading, answered, outcome);
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
    boolean anew = forecaster.takeUp(memory);
    List<Reading> shown = List.copyOf(before);
    List<Account.Norms> norms = Account.norms(memory, answered);
    long version = memory.version();
    double threshold = forecaster.threshold(memory, reading.time());
    if (plan.symbols().any()) {
      Odds odds = Odds.of(memory);
      Verdict verdict = judged(reading);
      double evidence = forecaster.suspicion().evidence();
      Ruling ruling =
          new Ruling(rows, verdict, evidence, threshold, version, norms, notes(anew, verdict));
      return new SymbolsExplained(ruling, shown, plan.symbols(), odds);
    }
    List<Account> accounts = accounts();
    Verdict verdict = judged(reading);
    List<Finding> findings = findings(accounts);
    double evidence = NumbersExplained.evidence(findings);
    Ruling ruling =
        new Ruling(rows, verdict, evidence, threshold, version, norms, notes(anew, verdict));
    return new NumbersExplained(
        ruling, shown, plan.variables(), findings, plan.horizon().promised());
  }

  private static List<String> notes(String beside, JobRows rows, Answers answers) {
    List<String> notes = new ArrayList<>(List.of(beside));
    notes.addAll(rows.notes());
    notes.addAll(answers.notes());
    return notes;
  }

  private List<String> notes(boolean anew, Verdict verdict) {
    List<String> notes = new ArrayList<>(caveats.apply(verdict));
    if (doubtful) {
      notes.add(
          "the savepoint does not tell how far it had heard what people said: what was said just before the reading that it goes on with is heard here, for a second time perhaps");
    }
    if (anew) {
      notes.add("the savepoint is of other settings: the memory begins anew with this reading");
    }
    return notes;
  }

  private Verdict judged(Reading reading) {
    outcome.clear();
    step(reading);
    return outcome
        .verdict()
        .orElseThrow(
            () ->
                new IllegalStateException("that reading was not judged: " + outcome.passedOver()));
  }

  private List<Account> accounts() {
    List<Account> accounts = new ArrayList<>();
    for (int variable = 0; variable < plan.variables().size(); variable++) {
      accounts.add(Account.of(memory, variable, 0));
    }
    return accounts;
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
