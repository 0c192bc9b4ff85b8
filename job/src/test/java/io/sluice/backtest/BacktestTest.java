package io.sluice.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.connectors.files.Columns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestTest {
  @TempDir Path folder;

  @Test
  void writesOneVerdictAReadingAndOneForecastALead() throws IOException {
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
  void knowsNothingOfReadingsToCome() throws IOException {
    List<String> whole = Files.readAllLines(run(series(900, 0), "a").resolve("forecasts.csv"));
    List<String> other = Files.readAllLines(run(series(900, 5), "b").resolve("forecasts.csv"));
    for (int i = 1; i < 1 + 2 * 800; i++) {
      assertThat(said(whole.get(i))).isEqualTo(said(other.get(i)));
    }
    assertThat(said(whole.get(1790))).isNotEqualTo(said(other.get(1790)));
  }

  @Test
  void persistenceScoresWhatItScoresByHand() throws IOException {
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
    return String.join(",", fields[0], fields[2], fields[5], fields[6], fields[7]);
  }

  /** The last tenth is shifted. */
  private static List<Double> series(int rows, double shift) {
    Random random = new Random(1);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double value = 10 * Math.sin(i / 6.0) + random.nextGaussian();
      values.add(i < rows * 9 / 10 ? value : value + shift);
    }
    return values;
  }

  private Path run(List<Double> values, String name) throws IOException {
    Path data = folder.resolve(name + ".csv");
    List<String> lines = new ArrayList<>(List.of("value"));
    values.forEach(value -> lines.add(value.toString()));
    Files.write(data, lines);
    Path out = folder.resolve(name);
    BacktestPlan plan =
        new BacktestPlan(data, Columns.untimed("value"), 300, 0, 0, List.of(1, 6), 512, out);
    Backtest.of(plan).run(done -> {}).write();
    return out;
  }
}
