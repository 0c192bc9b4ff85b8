package io.sluice.backtest;

import static io.sluice.backtest.BacktestTest.forecasts;
import static io.sluice.backtest.BacktestTest.run;
import static io.sluice.backtest.BacktestTest.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Kind;
import io.sluice.connectors.files.Columns;
import io.sluice.forecast.ForecastPlan;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestOfAJobTest {
  @TempDir Path folder;

  @Test
  void theSettingsOfAJobHoldForABacktestAndItsExplanation()
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(List.of("value"));
    List<Double> values = series(900, 0);
    values.set(700, 400.0);
    values.forEach(value -> lines.add(value.toString()));
    Path data = Files.write(folder.resolve("pump.csv"), lines);
    Path out = folder.resolve("settings");
    ForecastPlan production =
        Settings.parse(
                """
                kafka: {bootstrap: "localhost:1"}
                readings: {values: {celsius: celsius}}
                model: {horizon: [1, 6], history: 256}
                alerts: {limits: {celsius: {highest: 300}}}
                """)
            .plan();
    Columns columns = Columns.untimed("value");
    run(
        new BacktestPlan(
            data,
            columns,
            Optional.empty(),
            300,
            0,
            0,
            List.of(1, 6),
            0,
            Optional.of(production),
            BacktestPlan.NEVER,
            out));
    assertThat(Files.readAllLines(out.resolve("verdicts.csv")).get(701))
        .startsWith("1970-01-01T11:40:00Z,celsius,400.0,1.0,out-of-range,true,");
    Explanation explanation =
        new Inquiry(production, Optional.empty())
            .at(data, columns, new Inquiry.Question(Optional.empty(), 700 * 60_000L, 1));
    assertThat(explanation.verdict().kind()).isEqualTo(Kind.OUT_OF_RANGE);
    assertThat(explanation.verdict().alert()).isTrue();
  }

  @Test
  void aSilentSeriesIsForgottenAsTheJobForgetsIt() throws IOException, InterruptedException {
    ForecastPlan job =
        Settings.parse(
                """
                kafka: {bootstrap: "localhost:1"}
                readings: {values: {value: value}}
                model: {horizon: [1, 6], history: 256}
                time: {retireAfter: 10d}
                """)
            .plan();
    List<String> all = hourly(series(900, 0), 500, Duration.ofDays(10));
    List<String> since = new ArrayList<>(all.subList(501, 901));
    since.add(0, all.get(0));
    Path forgot = run(silent(all, "all", Optional.of(job)));
    Path anew = run(silent(since, "since", Optional.of(job)));

    List<String> told = Files.readAllLines(forgot.resolve("verdicts.csv"));
    String last = all.get(500).split(",")[0];
    assertThat(told.get(501))
        .isEqualTo("%s,value,,1.0,silent,true,,,,".formatted(later(last, Duration.ofDays(10))));
    List<String> toldAnew = Files.readAllLines(anew.resolve("verdicts.csv"));
    assertThat(told.subList(502, 902)).isEqualTo(toldAnew.subList(1, 401));
    List<String> said = forecasts(forgot);
    List<String> saidAnew = forecasts(anew);
    assertThat(said.subList(said.size() - 800, said.size())).isEqualTo(saidAnew.subList(1, 801));

    Backtest standard = Backtest.of(silent(all, "standard", Optional.empty()));
    standard.run(done -> {});
    assertThat(Files.readAllLines(folder.resolve("standard").resolve("verdicts.csv"))).hasSize(901);
    assertThat(standard.production()).contains("time: {retireAfter: 36500d}");
  }

  private static String later(String time, Duration by) {
    return Instant.parse(time).plus(by).toString();
  }

  /** Lines of a file whose readings come by the hour, but for a silence after so many. */
  private static List<String> hourly(List<Double> values, int before, Duration silence) {
    List<String> lines = new ArrayList<>(List.of("at,value"));
    for (int i = 0; i < values.size(); i++) {
      Instant at =
          Instant.EPOCH.plus(Duration.ofHours(i)).plus(i < before ? Duration.ZERO : silence);
      lines.add(at + "," + values.get(i));
    }
    return lines;
  }

  private BacktestPlan silent(List<String> lines, String name, Optional<ForecastPlan> production)
      throws IOException {
    return new BacktestPlan(
        Files.write(folder.resolve(name + ".csv"), lines),
        Columns.of("at", "value"),
        Optional.empty(),
        100,
        0,
        0,
        List.of(1, 6),
        256,
        production,
        BacktestPlan.NEVER,
        folder.resolve(name));
  }

  @Test
  void endsWithTheSettingsOfAJobThatSaysTheSame() throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(List.of("value"));
    series(900, 5).forEach(value -> lines.add(value.toString()));
    Path data = Files.write(folder.resolve("pump.csv"), lines);
    BacktestPlan plan = sixAhead(data, 256, Optional.empty(), "file");
    Backtest backtest = Backtest.of(plan);
    backtest.run(done -> {}).write();
    String model = backtest.production().lines().skip(1).findFirst().orElseThrow().strip();
    ForecastPlan job =
        Settings.parse(
                """
                kafka: {bootstrap: "localhost:1"}
                readings: {values: {value: value}}
                %s
                """
                    .formatted(model))
            .plan();
    Path out = run(sixAhead(data, 0, Optional.of(job), "job"));
    for (String file : List.of("forecasts.csv", "verdicts.csv")) {
      assertThat(out.resolve(file)).hasSameTextualContentAs(plan.out().resolve(file));
    }
  }

  private BacktestPlan sixAhead(
      Path data, int history, Optional<ForecastPlan> production, String name) {
    return new BacktestPlan(
        data,
        Columns.untimed("value"),
        Optional.empty(),
        300,
        0,
        0,
        List.of(6),
        history,
        production,
        BacktestPlan.NEVER,
        folder.resolve(name));
  }
}
