package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connectors.kafka.RowsSettings.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script is run with a {@code kafka-topics.sh} that writes down what it is asked for. */
class TopicsScriptTest {
  @TempDir private Path directory;

  @Test
  void createsEachTopicThatTheSettingsNameByDefault() throws IOException {
    Topics rows = Topics.DEFAULT;
    assertThat(calls(Map.of()))
        .containsOnlyKeys(
            "readings",
            "weights",
            rows.forecasts(),
            rows.verdicts(),
            rows.late(),
            rows.deadLetters());
  }

  @Test
  void theModelStoreIsCompactedInOnePartition() throws IOException {
    assertThat(calls(Map.of()).get("weights"))
        .contains("--partitions 1 ", "cleanup.policy=compact");
  }

  @Test
  void createsATopicForFeedbackWhereItIsNamed() throws IOException {
    assertThat(calls(Map.of("FEEDBACK", "opinions", "PREFIX", "plant.")).get("plant.opinions"))
        .contains("--partitions 1 ", "retention.ms=");
  }

  @Test
  void rowsAreSpreadReplicatedAndKeptAsAsked() throws IOException {
    Map<String, String> calls =
        calls(Map.of("PARTITIONS", "12", "REPLICATION", "2", "KEEP_DAYS", "7", "PREFIX", "plant."));
    assertThat(calls.get("plant.forecasts"))
        .contains("--partitions 12 ", "--replication-factor 2 ", "retention.ms=604800000");
  }

  @Test
  void logsInWithTheClientPropertiesItIsGiven() throws IOException {
    assertThat(calls(Map.of()).values())
        .allMatch(call -> call.contains("--command-config client.properties "));
  }

  private Map<String, String> calls(Map<String, String> environment) throws IOException {
    Path asked = directory.resolve("asked");
    Path tool = directory.resolve("kafka-topics.sh");
    Files.writeString(tool, "#!/bin/sh\necho \"$@\" >>'" + asked + "'\n");
    assertThat(tool.toFile().setExecutable(true)).isTrue();
    Map<String, String> all = new HashMap<>(environment);
    all.put("KAFKA_TOPICS", tool.toString());
    List<String> command =
        List.of(Checkout.deploy("topics.sh").toString(), "broker:9092", "client.properties");
    try (Child script = Child.start(directory.resolve("out"), all, command)) {
      assertThat(script.exitCode(30)).as(script.output()).isZero();
    }
    return Files.readAllLines(asked).stream()
        .collect(Collectors.toMap(TopicsScriptTest::topic, Function.identity()));
  }

  private static String topic(String call) {
    return call.replaceFirst(".*--topic (\\S+) .*", "$1");
  }
}
