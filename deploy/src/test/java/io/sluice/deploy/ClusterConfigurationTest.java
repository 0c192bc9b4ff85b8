package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold on a cluster holds on each that this directory describes. */
class ClusterConfigurationTest {
  static Stream<Arguments> clusters() {
    Path forecast = Checkout.deploy("kubernetes/forecast.yaml");
    Path compose = Checkout.deploy("compose/compose.yaml");
    String properties =
        Yaml.document(compose).at("/x-sluice/environment/FLINK_PROPERTIES").asText();
    return Stream.of(
        arguments(
            "standalone", Yaml.flat(Yaml.document(Checkout.deploy("standalone/conf/config.yaml")))),
        arguments("compose", Yaml.flat(Yaml.documents(properties).get(0))),
        arguments("kubernetes", Yaml.flat(Yaml.document(forecast).at("/spec/flinkConfiguration"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clusters")
  void keepsSeveralCheckpointsAfterTheJobToo(String name, Map<String, String> settings) {
    Configuration configuration = Configuration.fromMap(settings);
    assertThat(configuration.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS))
        .isGreaterThanOrEqualTo(3);
    assertThat(configuration.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
        .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clusters")
  void alignsItsCheckpoints(String name, Map<String, String> settings) {
    assertThat(settings).containsEntry(CheckpointingOptions.ENABLE_UNALIGNED.key(), "false");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clusters")
  void asksNoNameServerWhoATaskManagerIs(String name, Map<String, String> settings) {
    Configuration configuration = Configuration.fromMap(settings);
    assertThat(configuration.get(JobManagerOptions.RETRIEVE_TASK_MANAGER_HOSTNAME)).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clusters")
  void noticesAHungProcessWithinTenSeconds(String name, Map<String, String> settings) {
    Configuration configuration = Configuration.fromMap(settings);
    assertThat(configuration.get(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT)).hasSeconds(10);
    assertThat(configuration.get(HeartbeatManagerOptions.HEARTBEAT_INTERVAL)).hasSeconds(1);
  }
}
