package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connectors.Row;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.Status;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * State of past versions stays readable. Each file in the folder is the forecast operator's state after the same 40
 * minutes of two series, one release in use, and one reading held back; a new version adds a file and removes none.
 */
class GoldenSavepointsTest {
  private static final Path FOLDER = Path.of("src/test/resources/savepoints");
  private static final int HEARD = 40;
  private static final Settings SETTINGS =
      Plant.settings("model: {context: 8, warmup: 4}\ntime: {order: event-time, lateness: 5m}");

  static Stream<Path> files() throws IOException {
    return Files.list(FOLDER).sorted();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyStoredStateIsTakenUpWhereItWasLeft(Path file) throws Exception {
    Subtasks subtasks =
        Subtasks.restored(
            SETTINGS.acceptingLoss(), OperatorSnapshotUtil.readStateHandle(file.toString()));
    assertThat(subtasks.rows()).isEmpty();

    subtasks.hear(Plant.arrival("fan", HEARD, 20));
    subtasks.watermark(Plant.START + HEARD * Plant.MINUTE);

    List<Forecast> forecasts =
        subtasks.rows().stream()
            .filter(Row.Forecasted.class::isInstance)
            .map(row -> ((Row.Forecasted) row).forecast())
            .toList();
    assertThat(forecasts).extracting(Forecast::series).containsExactlyInAnyOrder("pump", "fan");
    assertThat(forecasts).extracting(Forecast::version).containsOnly(1L);
    assertThat(forecasts).extracting(Forecast::status).containsOnly(Status.LIVE);
    subtasks.close();
  }

  @Test
  @Tag("writes-golden-files")
  void writesTheStateOfThisVersion() throws Exception {
    Subtasks subtasks = Subtasks.fresh(SETTINGS, HashMapStateBackend::new, 1);
    subtasks.ship(new Shipment.Delivered(Plant.release(SETTINGS.plan(), 1, 0, 1)));
    for (int minute = 0; minute < HEARD; minute++) {
      subtasks.hear(Plant.arrival("pump", minute, 20 + minute % 5));
      subtasks.hear(Plant.arrival("fan", minute, 20 - minute % 7));
    }
    subtasks.watermark(Plant.START + (HEARD - 1) * Plant.MINUTE);
    subtasks.hear(Plant.arrival("pump", HEARD, 21));
    Files.createDirectories(FOLDER);
    OperatorSnapshotUtil.writeStateHandle(
        subtasks.snapshot(), FOLDER.resolve("4.forecast").toString());
    subtasks.close();
  }
}
