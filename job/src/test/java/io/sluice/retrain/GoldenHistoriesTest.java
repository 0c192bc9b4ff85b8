package io.sluice.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Label;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * State of past versions stays readable. Each file in the folder is what the operator that learns has stored after the same
 * 150 minutes of two series, one label, one round held and one ordered; a new version adds a file and removes none.
 */
class GoldenHistoriesTest {
  private static final Path FOLDER = Path.of("src/test/resources/histories");
  private static final Settings SETTINGS =
      Settings.parse(
          """
          kafka: {bootstrap: "localhost:1"}
          readings: {values: {celsius: celsius}}
          model: {horizon: [1], calendar: [], warmup: 8, context: 8, hidden: 4}
          retrain: {history: 100, steps: 16, burnIn: 4, epochs: 2, meetings: 1, oddWeight: 0}
          """);

  static Stream<Path> files() throws IOException {
    return Files.list(FOLDER).sorted();
  }

  private static Classroom told() throws Exception {
    Classroom room = Classroom.fresh(SETTINGS);
    for (int minute = 0; minute < 150; minute++) {
      room.hears("pump", minute, 20 + minute * minute % 23 + (minute == 130 ? 500 : 0));
      room.hears("fan", minute, 20 - minute % 7);
    }
    room.hears("pump", 130, Label.FALSE);
    room.orders(120).passes(120).learns();
    return room.orders(149);
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyStoredStateIsTakenUpWhereItWasLeft(Path file) throws Exception {
    try (Classroom straight = told();
        Classroom restored =
            Classroom.restored(SETTINGS, OperatorSnapshotUtil.readStateHandle(file.toString()))) {
      Release made = restored.passes(149).learns();

      assertThat(made.version()).isEqualTo(2);
      assertThat(made).isEqualTo(straight.passes(149).learns());
    }
  }

  @Test
  @Tag("writes-golden-files")
  void writesTheStateOfThisVersion() throws Exception {
    try (Classroom room = told()) {
      Files.createDirectories(FOLDER);
      OperatorSnapshotUtil.writeStateHandle(
          room.snapshot(), FOLDER.resolve("2.retrain").toString());
    }
  }
}
