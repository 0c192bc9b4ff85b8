package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.job.Sluice;
import io.sluice.settings.JobSettings;
import io.sluice.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The settings and the calls that the files here hand to the jobs are ones that the jobs understand. */
class SettingsOfTheClustersTest {
  private final JsonNode deployment = Yaml.document(Checkout.deploy("kubernetes/forecast.yaml"));
  private final JsonNode compose = Yaml.document(Checkout.deploy("compose/compose.yaml"));

  @Test
  void kubernetesRunsAsManySubtasksAsItsSettingsSay() {
    Settings settings = inKubernetes();
    assertThat(settings.job().parallelism())
        .isEqualTo(deployment.at("/spec/job/parallelism").asInt());
    assertThat(settings.job().backend()).isEqualTo(JobSettings.Backend.ROCKSDB);
  }

  @Test
  void composeHasSlotsForEverySubtask() throws Exception {
    int slots =
        compose.at("/services/taskmanager/deploy/replicas").asInt()
            * Integer.parseInt(flinkProperties().path("taskmanager.numberOfTaskSlots").asText());
    assertThat(inCompose().job().parallelism()).isEqualTo(slots);
  }

  @Test
  void aTransactionMayLastNoLongerThanTheBrokerOfComposeAllows() throws Exception {
    JsonNode most = compose.at("/services/broker/environment/KAFKA_TRANSACTION_MAX_TIMEOUT_MS");
    assertThat(inCompose().rows().delivery().transactionTimeout())
        .isLessThanOrEqualTo(Duration.ofMillis(most.asLong()));
  }

  @Test
  void aTransactionInKubernetesMayLastNoLongerThanABrokerAllowsUnasked() {
    assertThat(inKubernetes().rows().delivery().transactionTimeout())
        .isLessThanOrEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void retrainingEntersTheSameJarWithTheSameSettings() {
    JsonNode retrain = Yaml.document(Checkout.deploy("kubernetes/retrain.yaml"));
    assertThat(retrain.at("/spec/job/entryClass")).isEqualTo(deployment.at("/spec/job/entryClass"));
    assertThat(retrain.at("/spec/job/parallelism"))
        .isEqualTo(deployment.at("/spec/job/parallelism"));
    assertThat(Yaml.items(retrain.at("/spec/job/args")).map(JsonNode::asText))
        .containsExactly("retrain", "--config", "/opt/sluice/sluice.yaml");
    assertThat(Yaml.items(compose.at("/services/retrain/command")).map(JsonNode::asText))
        .containsSequence("io.sluice.cli.Main", "retrain", "--config", "/opt/sluice/sluice.yaml");
  }

  @Test
  void bothEnterTheJarWhereAClusterDoes() {
    String entry = Sluice.class.getName();
    assertThat(deployment.at("/spec/job/entryClass").asText()).isEqualTo(entry);
    assertThat(List.of(compose.at("/services/jobmanager/command").asText().split("\\s+")))
        .containsSequence("--job-classname", entry)
        .containsSequence("forecast", "--config", "/opt/sluice/sluice.yaml");
  }

  private JsonNode flinkProperties() {
    String properties = compose.at("/x-sluice/environment/FLINK_PROPERTIES").asText();
    return Yaml.documents(properties).get(0);
  }

  private static Settings inKubernetes() {
    Path manifest = Checkout.deploy("kubernetes/settings.yaml");
    return Settings.parse(Yaml.document(manifest).at("/data/sluice.yaml").asText());
  }

  private static Settings inCompose() throws Exception {
    return Settings.parse(Files.readString(Checkout.deploy("compose/sluice.yaml")));
  }
}
