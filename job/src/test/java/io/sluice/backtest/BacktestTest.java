package io.sluice.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.connectors.files.Columns;
import io.sluice.weights.RefusedException;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestTest {
  @TempDir Path folder;

  @Test
  void writesOneVerdictAReadingAndOneForecastALead() throws IOException, InterruptedException {
    Path out = run(series(900, 0), "out");
    List<String> verdicts = Files.readAllLines(out.resolve("verdicts.csv"));
    List<String> forecasts = Files.readAllLines(out.resolve("forecasts.csv"));
    assertThat(verdicts).hasSize(901);
    assertThat(verdicts.get(0))
        .isEqualTo("time,variable,value,surprise,kind,alert,reason,expected,lower,upper");
    assertThat(forecasts).hasSize(1801);
    assertThat(forecasts.get(0))
        .isEqualTo("time,variable,lead,at,actual,median,lower,upper,coverage,version,status");
  }

  @Test
  void knowsNothingOfReadingsToCome() throws IOException, InterruptedException {
    List<String> whole = forecasts(run(series(900, 0), "a"));
    List<String> other = forecasts(run(series(900, 5), "b"));
    for (int i = 1; i < 1 + 2 * 800; i++) {
      assertThat(said(whole.get(i))).isEqualTo(said(other.get(i)));
    }
    assertThat(said(whole.get(1790))).isNotEqualTo(said(other.get(1790)));
  }

  @Test
  void learnsFromThePastAlone() throws IOException, InterruptedException {
    List<String> whole = forecasts(taught(series(900, 0), "a"));
    List<String> other = forecasts(taught(series(900, 5), "b"));
    int shifted = 1 + 2 * 810;
    for (int i = 1; i < shifted; i++) {
      assertThat(said(other.get(i))).isEqualTo(said(whole.get(i)));
    }
    assertThat(versions(whole.subList(1, shifted))).contains("0", "1");
    String[] last = versions(whole).toArray(new String[0]);
    assertThat(Integer.parseInt(last[last.length - 1])).isGreaterThan(1);
    assertThat(said(other.get(1790))).isNotEqualTo(said(whole.get(1790)));
  }

  @Test
  void keepsTheNetworksThatAnswered() throws IOException, InterruptedException, RefusedException {
    Path out = taught(series(900, 0), "out");
    List<Path> files = Succession.files(out.resolve("weights"));
    Set<String> kept = new TreeSet<>(Set.of("0"));
    for (Path file : files) {
      Release release = Release.read(file.toString(), Files.readAllBytes(file));
      if (release.edition().state() == State.PROMOTED) {
        kept.add(String.valueOf(release.version()));
      }
    }
    assertThat(versions(forecasts(out))).isEqualTo(kept);
    JsonNode metrics = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
    assertThat(metrics.toString()).contains("\"after\":300");
    assertThat(metrics.at("/upkeep/network/bytes").asInt()).isPositive();
    assertThat(metrics.at("/upkeep/network/micros").asDouble())
        .isGreaterThan(metrics.at("/upkeep/baseline/micros").asDouble());
  }

  @Test
  void learnsNothingFromASeriesThatStandsStillButForJumps()
      throws IOException, InterruptedException {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      values.add(i % 29 == 3 || i % 47 == 11 ? 20.0 : 0.0);
    }
    Path out = taught(values, "jumps");
    assertThat(versions(forecasts(out))).containsExactly("0");
    assertThat(Files.readString(out.resolve("metrics.json"))).doesNotContain("\"after\"");
  }

  @Test
  void aVariableIsNeitherForecastNorScoredUntilItsFirstValueHasCome()
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(List.of("early,late,never"));
    List<Double> values = series(900, 0);
    for (int i = 0; i < 900; i++) {
      lines.add(values.get(i) + "," + (i < 600 ? "" : values.get(i) + 100) + ",");
    }
    Path out = run(lines, "late", BacktestPlan.NEVER, "early", "late", "never");
    for (String row : forecasts(out).subList(1, 1 + 900 * 3 * 2)) {
      String[] fields = row.split(",", -1);
      long reading = Instant.parse(fields[0]).toEpochMilli() / 60_000;
      boolean known = fields[1].equals("early") || fields[1].equals("late") && reading >= 600;
      assertThat(fields[5].isEmpty()).as(row).isEqualTo(!known);
    }
    JsonNode metrics = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
    assertThat(metrics.at("/variables/early/1/scored").asInt()).isEqualTo(600);
    assertThat(metrics.at("/variables/late/1/scored").asInt()).isEqualTo(299);
    assertThat(metrics.at("/variables/never/1/scored").asInt()).isZero();
    assertThat(metrics.at("/variables/never/1/mse").isNull()).isTrue();
    for (String rival : Scores.RIVALS) {
      assertThat(metrics.at("/leads/1/" + rival + "/scored").asInt()).isEqualTo(899);
    }
  }

  @Test
  void tellsWhatEachForecasterTook() throws IOException, InterruptedException {
    Path out = run(series(2500, 0), "out");
    JsonNode metrics = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
    JsonNode upkeep = metrics.get("upkeep");
    int season = 38;
    assertThat(upkeep.at("/profile of the season/bytes").asInt()).isEqualTo(2 + 10 * season);
    // a constant, six harmonics, twelve deviations, three of them by three harmonics, four
    // stretches; A, and c and w of six leads
    int seen = 1 + 2 * 6 + 12 + 3 * 2 * 3 + 4;
    assertThat(upkeep.at("/least squares/bytes").asInt())
        .isEqualTo(2 + 2 + 8 + 8 * seen * (seen + 1) / 2 + 6 * 2 * 8 * seen);
    assertThat(upkeep.at("/last value/bytes").asInt()).isEqualTo(8);
    assertThat(upkeep.has("network")).isFalse();
    assertThat(upkeep.at("/baseline/micros").asDouble()).isPositive();
    assertThat(upkeep.at("/baseline/bytes").asInt()).isZero();
    double micros = 0;
    for (JsonNode share : upkeep) {
      assertThat(share.get("micros").asDouble()).isNotNegative();
      micros += share.get("micros").asDouble();
    }
    double rate = metrics.get("readingsPerSecond").asDouble();
    assertThat(micros).isCloseTo(1e6 / rate, withinPercentage(1));
    assertThat(upkeep.at("/least squares/micros").asDouble())
        .isGreaterThan(upkeep.at("/last value/micros").asDouble());
  }

  static List<String> forecasts(Path out) throws IOException {
    return Files.readAllLines(out.resolve("forecasts.csv"));
  }

  private static Set<String> versions(List<String> rows) {
    return rows.stream()
        .map(row -> row.split(",", -1)[9])
        .filter(version -> !version.equals("version"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void persistenceScoresWhatItScoresByHand() throws IOException, InterruptedException {
    List<Double> values = series(900, 0);
    Path out = run(values, "out");
    double mean = values.subList(0, 300).stream().mapToDouble(v -> v).average().orElseThrow();
    double variance =
        values.subList(0, 300).stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / 300;
    double error = 0;
    for (int i = 300; i < 900; i++) {
      error += Math.pow(values.get(i) - values.get(i - 1), 2) / 600 / variance;
    }
    String metrics = Files.readString(out.resolve("metrics.json"));
    String mse = metrics.split("\"persistence\" : \\{\\s*\"mse\" : ")[1].split(",")[0];
    assertThat(Double.parseDouble(mse)).isCloseTo(error, within(1e-9));
  }

  private static String said(String row) {
    String[] fields = row.split(",", -1);
    return String.join(",", fields[0], fields[2], fields[5], fields[6], fields[7], fields[9]);
  }

  /** The last tenth is shifted. */
  @Test
  void oneOfSeveralSeriesIsScoredByItself() throws IOException, InterruptedException {
    List<String> both = new ArrayList<>(List.of("pump,at,value"));
    List<String> alone = new ArrayList<>(List.of("pump,at,value"));
    List<Double> values = series(900, 0);
    for (int i = 0; i < values.size(); i++) {
      String line = ",%s,%s".formatted(Instant.EPOCH.plusSeconds(60L * i), values.get(i));
      alone.add("b" + line);
      both.addAll(List.of("a" + line.replace(",1970", ",1971"), "b" + line));
    }
    Path expected = run(plan(alone, "alone", "pump", Optional.empty()));
    Path out = run(plan(both, "both", "pump", Optional.of("b")));
    for (String file : List.of("forecasts.csv", "verdicts.csv")) {
      assertThat(out.resolve(file)).hasSameTextualContentAs(expected.resolve(file));
    }
    assertThatThrownBy(() -> Backtest.of(plan(both, "all", "pump", Optional.empty())))
        .hasMessageContaining("holds 2 series, a, b: name one with --series");
    assertThatThrownBy(() -> Backtest.of(plan(both, "none", "pump", Optional.of("c"))))
        .hasMessageContaining("has no series \"c\"; it has a, b");
    assertThatThrownBy(() -> Backtest.of(plan(both, "mixed", null, Optional.empty())))
        .hasMessageContaining(
            "do not go on in 900 of 1,800 readings, first at 1970-01-01T00:00:00Z")
        .hasMessageContaining("--series-column");
  }

  private BacktestPlan plan(
      List<String> lines, String name, String seriesColumn, Optional<String> series)
      throws IOException {
    Columns columns =
        new Columns(
            Optional.ofNullable(seriesColumn),
            Optional.of("at"),
            Optional.empty(),
            ZoneOffset.UTC,
            List.of("value"),
            List.of());
    Path data = Files.write(folder.resolve(name + ".csv"), lines);
    Path out = folder.resolve(name);
    return new BacktestPlan(
        data, columns, series, 300, 0, 0, List.of(1), 0, Optional.empty(), BacktestPlan.NEVER, out);
  }

  static Path run(BacktestPlan plan) throws IOException, InterruptedException {
    Backtest.of(plan).run(done -> {}).write();
    return plan.out();
  }

  static List<Double> series(int rows, double shift) {
    Random random = new Random(1);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double value = 10 * Math.sin(i / 6.0) + random.nextGaussian();
      values.add(i < rows * 9 / 10 ? value : value + shift);
    }
    return values;
  }

  private Path run(List<Double> values, String name) throws IOException, InterruptedException {
    return run(values, name, BacktestPlan.NEVER);
  }

  /** With a network, of 300, 500, 700 readings and so on. */
  private Path taught(List<Double> values, String name) throws IOException, InterruptedException {
    return run(values, name, 200);
  }

  private Path run(List<Double> values, String name, int retrainEvery)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(List.of("value"));
    values.forEach(value -> lines.add(value.toString()));
    return run(lines, name, retrainEvery, "value");
  }

  private Path run(List<String> lines, String name, int retrainEvery, String... columns)
      throws IOException, InterruptedException {
    Path data = Files.write(folder.resolve(name + ".csv"), lines);
    Path out = folder.resolve(name);
    BacktestPlan plan =
        new BacktestPlan(
            data,
            Columns.untimed(columns),
            Optional.empty(),
            300,
            0,
            0,
            List.of(1, 6),
            512,
            Optional.empty(),
            retrainEvery,
            out);
    Backtest.of(plan).run(done -> {}).write();
    return out;
  }
}
