package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Broker;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.Finding;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a dry run says of the place of the checkpoints, and what it leaves there. */
@ExtendWith(Broker.class)
class CheckCommandTest {
  private static EmbeddedBroker broker;

  private final StringWriter out = new StringWriter();

  @TempDir private Path directory;

  @BeforeAll
  static void topics() {
    for (String topic : List.of("readings", "forecasts", "verdicts", "late", "dead-letters")) {
      broker.topic(topic, 1);
    }
    broker.topic("weights", 1, Map.of("cleanup.policy", "compact"));
  }

  private int check(Object checkpoints) throws IOException {
    Path file = Files.writeString(directory.resolve("sluice.yaml"), yaml(checkpoints));
    return Main.line()
        .setOut(new PrintWriter(out, true))
        .execute("check", "--config", file.toString());
  }

  private static String yaml(Object checkpoints) {
    return """
        kafka: {bootstrap: "%s"}
        readings: {values: {celsius: celsius}}
        job: {checkpoints: "%s"}
        """
        .formatted(broker.bootstrap(), checkpoints);
  }

  @Test
  void aFolderThatCanBeMadeIsFineAndIsNotMade() throws Exception {
    Path folder = directory.resolve("not yet/there");

    assertThat(check(folder)).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains("✓ checkpoints can be written to file:" + folder + "/sluice\n")
        .endsWith("ready\n");
    assertThat(left()).containsExactly("sluice.yaml");
  }

  @Test
  void whatLiesInAFolderThatIsThereStays() throws Exception {
    Path run = Files.createDirectories(directory.resolve("kept/sluice/run"));

    assertThat(check(directory.resolve("kept"))).as(out.toString()).isZero();
    assertThat(run).isEmptyDirectory();
    assertThat(left()).containsExactly("kept", "kept/sluice", "kept/sluice/run", "sluice.yaml");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsAProblem() throws Exception {
    Path file = Files.createFile(directory.resolve("a-file"));

    assertThat(check(file.resolve("within"))).isOne();
    assertThat(out.toString())
        .contains(
            "✗ job.checkpoints: file:" + file + "/within/sluice cannot be written from here (")
        .endsWith("1 to mend before a job can run\n");
    assertThat(left()).containsExactly("a-file", "sluice.yaml");
  }

  @Test
  void whatOnlyAClusterMayReachIsAWarning() {
    Settings settings = Settings.parse(yaml("s3://bucket/checkpoints"));

    Finding finding = CheckCommand.checkpoints(settings.job()).orElseThrow();
    assertThat(finding.level()).isEqualTo(Finding.Level.WARNING);
    assertThat(finding.what())
        .startsWith("job.checkpoints: nothing here writes to s3://bucket/checkpoints/sluice.")
        .contains("flink-s3-fs-presto");
    assertThat(CheckCommand.checkpoints(Settings.parse(yaml("")).job())).isEmpty();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> !file.equals(directory))
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
