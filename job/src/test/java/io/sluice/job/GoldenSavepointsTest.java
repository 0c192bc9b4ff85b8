package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Row;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.Status;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * State of past versions stays readable, and goes on. Each {@code N.forecast} in the folder is the forecast operator's state
 * after the same 40 minutes of two series, one release in use, and one reading held back; {@code N.said} is what an operator
 * says of the minutes from there on, to the last digit: of the version that wrote the state, what the operator said that was
 * never stopped. A state of a version that reckoned otherwise goes on near to that. A new version adds its files and
 * removes none.
 *
 * <p>After a change of what is said on purpose: {@code mvn test -pl job -am -Dtests.without= -Dgroups=writes-golden-files
 * -Dtest=GoldenSavepointsTest#writesWhatIsSaidAnew -Dsurefire.failIfNoSpecifiedTests=false}; the states stay as they are.
 */
class GoldenSavepointsTest {
  private static final Path FOLDER = Path.of("src/test/resources/savepoints");
  private static final String THIS_VERSION = "4.forecast";
  private static final int HEARD = 40;
  private static final int SPIKE = HEARD + 6;
  private static final int END = HEARD + 12;

  /** Readings spread by some 2. */
  private static final double NEAR = 0.1;

  private static final Settings SETTINGS =
      Plant.settings("model: {context: 8, warmup: 4}\ntime: {order: event-time, lateness: 5m}");

  static List<Path> states() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".forecast")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("states")
  void everyStoredStateGoesOnWithTheNumbersOfTheRunThatWasNeverStopped(Path state)
      throws Exception {
    List<Row> said = goneOn(state);

    assertThat(said).map(GoldenSavepointsTest::line).isEqualTo(Files.readAllLines(saying(state)));
    try (Subtasks neverStopped = told()) {
      neverStopped.rows();
      assertThat(medians(said)).containsExactly(medians(goesOn(neverStopped)), within(NEAR));
    }
  }

  /** Of each series' forecasts, from the one of the reading that was held back on. */
  private static double[] medians(List<Row> rows) {
    List<Forecast> forecasts = forecasts(rows);
    assertThat(forecasts).hasSize(2 * (END - HEARD));
    assertThat(forecasts).extracting(Forecast::version).containsOnly(1L);
    assertThat(forecasts).extracting(Forecast::status).containsOnly(Status.LIVE);
    int levels = SETTINGS.plan().horizon().quantiles().size();
    int median = SETTINGS.plan().horizon().median();
    return forecasts.stream()
        .flatMapToDouble(
            forecast ->
                IntStream.range(0, forecast.quantiles().length)
                    .filter(i -> i % levels == median)
                    .mapToDouble(i -> forecast.quantiles()[i]))
        .toArray();
  }

  private static List<Forecast> forecasts(List<Row> rows) {
    return rows.stream()
        .filter(Row.Forecasted.class::isInstance)
        .map(row -> ((Row.Forecasted) row).forecast())
        .toList();
  }

  private static List<Row> goneOn(Path state) throws Exception {
    try (Subtasks restored =
        Subtasks.restored(
            SETTINGS.acceptingLoss(), OperatorSnapshotUtil.readStateHandle(state.toString()))) {
      assertThat(restored.rows()).isEmpty();
      return goesOn(restored);
    }
  }

  /** What is said of the minutes from there on, by series and time. */
  private static List<Row> goesOn(Subtasks subtasks) throws Exception {
    subtasks.hear(Plant.arrival("fan", HEARD, 20));
    for (int minute = HEARD + 1; minute < END; minute++) {
      subtasks.hear(Plant.arrival("pump", minute, minute == SPIKE ? 90 : 20 + minute % 5));
      subtasks.hear(Plant.arrival("fan", minute, 20 - minute % 7));
    }
    subtasks.watermark(Plant.START + END * Plant.MINUTE);
    return subtasks.rows().stream()
        .sorted(Comparator.comparing(GoldenSavepointsTest::line))
        .toList();
  }

  private static String line(Row row) {
    if (row instanceof Row.Judged judged) {
      Verdict said = judged.verdict();
      return "verdict %s %d %s %s %s"
          .formatted(
              said.series(),
              minute(said.time()),
              said.kind().word(),
              Arrays.toString(said.expected()),
              said.surprise());
    }
    Forecast said = ((Row.Forecasted) row).forecast();
    return "forecast %s %d %s %d %s"
        .formatted(
            said.series(),
            minute(said.time()),
            said.status(),
            said.version(),
            Arrays.toString(said.quantiles()));
  }

  private static long minute(long time) {
    return (time - Plant.START) / Plant.MINUTE;
  }

  private static Path saying(Path state) {
    return Path.of(state.toString().replace(".forecast", ".said"));
  }

  @Test
  @Tag("writes-golden-files")
  void writesWhatIsSaidAnew() throws Exception {
    for (Path state : states()) {
      write(state, goneOn(state));
    }
  }

  @Test
  @Tag("writes-golden-files")
  void writesTheStateOfThisVersion() throws Exception {
    try (Subtasks subtasks = told()) {
      Path state = Files.createDirectories(FOLDER).resolve(THIS_VERSION);
      OperatorSnapshotUtil.writeStateHandle(subtasks.snapshot(), state.toString());
      subtasks.rows();
      write(state, goesOn(subtasks));
    }
  }

  private static void write(Path state, List<Row> said) throws IOException {
    Files.write(saying(state), said.stream().map(GoldenSavepointsTest::line).toList());
  }

  private static Subtasks told() throws Exception {
    Subtasks subtasks = Subtasks.fresh(SETTINGS, HashMapStateBackend::new, 1);
    subtasks.ship(new Shipment.Delivered(Plant.release(SETTINGS.plan(), 1, 0, 1)));
    for (int minute = 0; minute < HEARD; minute++) {
      subtasks.hear(Plant.arrival("pump", minute, 20 + minute % 5));
      subtasks.hear(Plant.arrival("fan", minute, 20 - minute % 7));
    }
    subtasks.watermark(Plant.START + (HEARD - 1) * Plant.MINUTE);
    subtasks.hear(Plant.arrival("pump", HEARD, 21));
    return subtasks;
  }
}
