package io.sluice.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.connectors.files.Columns;
import io.sluice.forecast.ForecastPlan;
import io.sluice.settings.Settings;
import io.sluice.symbols.Symbols;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A press that is idle, runs for six steps and is done: its last two states do not tell how long it has run. */
class SymbolBacktestTest {
  private static final int CYCLE = 8;
  private static final int ROWS = 3000;
  private static final long BEGUN = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;

  @TempDir Path folder;
  private String production;

  @Test
  void theNetworkKnowsWhatAMarkovChainCannot() throws Exception {
    JsonNode metrics = run(press(), 2);

    assertThat(metrics.get("scored").asInt()).isEqualTo(ROWS / 2);
    // of five pairs (run, run) in a cycle one is followed by done: 4 ln 5/4 + ln 5 over 8 symbols
    double surprisal = (4 * Math.log(1.25) + Math.log(5)) / CYCLE;
    JsonNode markov = metrics.get("markov");
    assertThat(markov.get("perplexity").asDouble()).isCloseTo(Math.exp(surprisal), within(0.02));
    assertThat(markov.get("first").asDouble()).isCloseTo(7 / 8.0, within(0.002));
    assertThat(markov.get("within").asDouble()).isEqualTo(1);
    JsonNode sluice = metrics.get("sluice");
    assertThat(sluice.get("perplexity").asDouble()).isBetween(1.0, 1.05);
    assertThat(sluice.get("first").asDouble()).isGreaterThan(0.99);
    assertThat(metrics.get("verdicts").get("normal").asInt()).isGreaterThan(ROWS / 2 - 15);
  }

  @Test
  void theNaiveOnesScoreWhatTheyScoreByHand() throws Exception {
    JsonNode metrics = run(press(), 2);

    // six of eight symbols are "run", and the other two as rare: each has half a share in the
    // second place
    JsonNode frequency = metrics.get("frequency");
    assertThat(frequency.get("first").asDouble()).isEqualTo(6 / 8.0);
    assertThat(frequency.get("within").asDouble()).isBetween(6 / 8.0 + 0.05, 1.0);
    double entropy = -(6 * Math.log(6 / 8.0) + 2 * Math.log(1 / 8.0)) / CYCLE;
    assertThat(frequency.get("loss").asDouble()).isCloseTo(entropy, within(0.01));
    // "run" follows itself five times of eight, else one of the three others does
    JsonNode last = metrics.get("last");
    assertThat(last.get("first").asDouble()).isCloseTo(5 / 8.0, within(0.002));
    double told = -(5 * Math.log(5 / 8.0) + 3 * Math.log(1 / 8.0)) / CYCLE;
    assertThat(last.get("loss").asDouble()).isCloseTo(told, within(0.01));
    assertThat(last.get("within").asDouble()).isCloseTo((5 + 3 / 3.0) / 8, within(0.002));
    JsonNode markov = metrics.get("markov");
    assertThat(markov.get("perplexity").asDouble())
        .isCloseTo(Math.exp(markov.get("loss").asDouble()), within(1e-9));
  }

  @Test
  void eachOfSeveralSeriesIsToldByItself() throws Exception {
    List<String> one = press();
    List<String> other = press();
    other.set(ROWS - 4, "on fire");
    List<String> lines = new ArrayList<>(List.of("press,at,state"));
    for (int i = 0; i < ROWS; i++) {
      lines.add("a," + (BEGUN + i * MINUTE) + "," + one.get(i));
      lines.add("b," + (BEGUN + i * MINUTE) + "," + other.get((i + 3) % ROWS));
    }
    JsonNode metrics = run(several(), lines, 2);

    assertThat(metrics.at("/series/a/scored").asInt()).isEqualTo(ROWS / 2);
    assertThat(metrics.at("/series/b/scored").asInt()).isEqualTo(ROWS / 2);
    assertThat(metrics.at("/series/a/within").asDouble()).isEqualTo(1);
    assertThat(metrics.at("/series/a/alerts").asInt()).isZero();
    assertThat(metrics.at("/series/b/alerts").asInt()).isEqualTo(1);
    assertThat(metrics.at("/symbols/unknown/alerts").asInt()).isEqualTo(1);
    assertThat(metrics.get("alerts").asInt()).isEqualTo(1);
    assertThat(metrics.at("/sluice/first").asDouble()).isGreaterThan(0.99);
    List<String> rows = Files.readAllLines(folder.resolve("out").resolve("verdicts.csv"));
    assertThat(rows.get(0)).isEqualTo("time,series,symbol,surprise,kind,alert,reason,expected");
    assertThat(rows).hasSize(2 * ROWS + 1);
    assertThat(rows.stream().filter(row -> row.contains(",true,")))
        .singleElement(STRING)
        .contains(",b,unknown,");
  }

  @Test
  void playsSeveralSeriesInTheOrderOfTheirTimesHoweverTheFileHasThem() throws Exception {
    List<String> press = press();
    List<String> one = new ArrayList<>();
    List<String> other = new ArrayList<>();
    for (int i = 0; i < ROWS / 4; i++) {
      long at = BEGUN + i * MINUTE;
      one.add("a," + at + "," + press.get(i));
      other.add("b," + (at + ROWS / 8 * MINUTE + 1) + "," + press.get((i + 3) % CYCLE));
    }
    Collections.swap(other, 500, 501);
    List<String> stacked = new ArrayList<>(List.of("press,at,state"));
    stacked.addAll(other);
    stacked.addAll(one);
    List<String> inTime = new ArrayList<>(List.of("press,at,state"));
    inTime.addAll(one.subList(0, ROWS / 8));
    for (int i = 0; i < ROWS / 8; i++) {
      inTime.add(one.get(ROWS / 8 + i));
      inTime.add(other.get(i));
    }
    inTime.addAll(other.subList(ROWS / 8, ROWS / 4));

    JsonNode expected = run(several(), inTime, 2);
    List<String> rows = Files.readAllLines(folder.resolve("out").resolve("verdicts.csv"));
    assertThat(run(several(), stacked, 2)).isEqualTo(expected);
    List<String> ordered = Files.readAllLines(folder.resolve("out").resolve("verdicts.csv"));
    for (String series : List.of(",a,", ",b,")) {
      assertThat(of(series, ordered)).isEqualTo(of(series, rows)).hasSize(ROWS / 4);
    }
    assertThat(of(",b,", ordered).get(501)).contains("older by ");
    List<String> times =
        ordered.stream().skip(1).filter(row -> !row.contains("older by ")).toList();
    assertThat(times)
        .isSortedAccordingTo(Comparator.comparing(row -> Instant.parse(row.split(",")[0])));
  }

  private static List<String> of(String series, List<String> rows) {
    return rows.stream().filter(row -> row.contains(series)).toList();
  }

  @Test
  void aSeriesWhoseTimesDoNotGoOnIsRefusedByName() {
    List<String> lines = new ArrayList<>(List.of("press,at,state"));
    for (int i = 0; i < 100; i++) {
      lines.add("a," + (BEGUN + i / 2 * MINUTE) + ",idle");
      lines.add("b," + (BEGUN + i % 50 * MINUTE) + ",idle");
    }
    assertThatThrownBy(() -> run(several(), lines, 2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("series \"b\" in ")
        .hasMessageContaining("do not go on in 49 of 100 readings, first at ")
        .hasMessageEndingWith("sort them");
    assertThatThrownBy(() -> run(Columns.of("at", "state"), lines, 2))
        .hasMessageContaining("do not go on in ")
        .hasMessageEndingWith("or name the column of their series with --series-column");
  }

  static Columns several() {
    return new Columns(
        Optional.of("press"),
        Optional.of("at"),
        Optional.empty(),
        ZoneOffset.UTC,
        List.of("state"),
        List.of());
  }

  @Test
  void endsWithTheSettingsOfAJobThatSaysTheSame() throws Exception {
    run(press(), 2);
    String model = production.lines().skip(1).findFirst().orElseThrow().strip();
    ForecastPlan job =
        Settings.parse(
                """
                kafka: {bootstrap: "localhost:1"}
                readings: {values: {state: state}}
                %s
                """
                    .formatted(model))
            .plan();
    ForecastPlan own = ForecastPlan.of("state", new Symbols(List.of("idle", "run", "done"), 2));
    assertThat(job.symbols()).isEqualTo(own.symbols());
    assertThat(List.of(job.context(), job.warmup(), job.alerts().budget(), job.timing()))
        .isEqualTo(List.of(own.context(), own.warmup(), own.alerts().budget(), own.timing()));
  }

  @Test
  void everyRowHasItsVerdictByName() throws Exception {
    List<String> press = press();
    press.set(ROWS - 3, "on fire");
    press.set(ROWS - 2, "");
    run(press, 1);

    List<String> rows = Files.readAllLines(folder.resolve("out").resolve("verdicts.csv"));
    assertThat(rows).hasSize(ROWS + 1);
    assertThat(rows.get(0)).isEqualTo("time,symbol,surprise,kind,alert,reason,expected");
    assertThat(rows.get(ROWS - 3)).contains(",run,").endsWith("normal,false,,run");
    assertThat(rows.get(ROWS - 2)).contains("Z,unknown,").contains(",unknown,");
    assertThat(rows.get(ROWS - 1)).contains("Z,,0.0,normal");
  }

  @Test
  void knowsNothingOfSymbolsToCome() throws Exception {
    run(press(), 1);
    List<String> whole = Files.readAllLines(folder.resolve("out").resolve("verdicts.csv"));
    List<String> other = press();
    for (int i = ROWS - 100; i < ROWS; i++) {
      other.set(i, "done");
    }
    run(other, 1);
    List<String> changed = Files.readAllLines(folder.resolve("out").resolve("verdicts.csv"));
    assertThat(changed.subList(0, ROWS - 99)).isEqualTo(whole.subList(0, ROWS - 99));
    assertThat(changed.get(ROWS - 50)).isNotEqualTo(whole.get(ROWS - 50));
  }

  static List<String> press() {
    List<String> states = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      states.add(i % CYCLE == 0 ? "idle" : i % CYCLE == CYCLE - 1 ? "done" : "run");
    }
    return states;
  }

  private JsonNode run(List<String> states, int top) throws Exception {
    List<String> lines = new ArrayList<>(List.of("at,state"));
    for (int i = 0; i < states.size(); i++) {
      lines.add(BEGUN + i * MINUTE + "," + states.get(i));
    }
    return run(Columns.of("at", "state"), lines, top);
  }

  private JsonNode run(Columns columns, List<String> lines, int top) throws Exception {
    Path data = Files.write(folder.resolve("press.csv"), lines);
    Symbols symbols = new Symbols(List.of("idle", "run", "done"), top);
    BacktestPlan plan =
        new BacktestPlan(
            data,
            columns.withSymbols(symbols),
            Optional.empty(),
            0.5,
            0,
            0,
            List.of(1),
            0,
            Optional.empty(),
            BacktestPlan.WHEN_GROWN,
            folder.resolve("out"));
    SymbolBacktest backtest = SymbolBacktest.of(plan);
    SymbolMetrics metrics = backtest.run(done -> {});
    metrics.write();
    assertThat(metrics.table()).contains("sluice", "markov", "frequency", "last", "top " + top);
    production = metrics.production();
    return new ObjectMapper().readTree(folder.resolve("out").resolve("metrics.json").toFile());
  }
}
