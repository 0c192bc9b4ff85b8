package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KubernetesManifestsTest {
  private final List<JsonNode> manifests = manifests();

  @Test
  void everyFieldOfAFlinkDeploymentIsOneThatTheOperatorKnows() throws IOException {
    JsonNode schema = flinkDeploymentSchema();
    for (JsonNode deployment : ofKind("FlinkDeployment")) {
      assertThat(strangers("", deployment.path("spec"), schema)).isEmpty();
    }
  }

  /** The operator's definition spells out what a pod is, so it serves for every pod here. */
  @Test
  void everyFieldOfAPodIsOneThatKubernetesKnows() throws IOException {
    JsonNode schema = flinkDeploymentSchema().at("/properties/podTemplate/properties/spec");
    List<JsonNode> pods = manifests.stream().flatMap(each -> podsOf(each).stream()).toList();
    assertThat(pods).hasSizeGreaterThan(1);
    assertThat(pods).allSatisfy(pod -> assertThat(strangers("", pod, schema)).isEmpty());
  }

  @Test
  void aFieldThatTheOperatorDoesNotKnowIsFound() throws IOException {
    JsonNode spec = Yaml.documents("job: {parallelism: many, argz: []}").get(0);
    assertThat(strangers("", spec, flinkDeploymentSchema()))
        .containsExactlyInAnyOrder(".job.parallelism is no integer", ".job.argz");
  }

  @Test
  void eachJobIsADeploymentOfItsOwnOnTheSameImage() {
    List<JsonNode> deployments = ofKind("FlinkDeployment");
    assertThat(deployments)
        .extracting(each -> each.at("/spec/job/args/0").asText())
        .containsExactlyInAnyOrder("forecast", "retrain");
    assertThat(deployments)
        .extracting(each -> each.at("/spec/image").asText())
        .containsOnly("sluice:0.1.0-flink2.2");
    assertThat(deployments)
        .extracting(each -> each.at("/spec/flinkVersion").asText())
        .containsOnly("v2_2");
  }

  @Test
  void twoJobsShareNoDirectory() {
    List<String> directories =
        ofKind("FlinkDeployment").stream()
            .flatMap(each -> Yaml.flat(each.at("/spec/flinkConfiguration")).values().stream())
            .filter(value -> value.startsWith("s3://"))
            .toList();
    assertThat(directories).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void secretsAreNamedAndNeverWritten() {
    for (JsonNode manifest : manifests) {
      assertThat(manifest.path("kind").asText()).isNotEqualTo("Secret");
      Yaml.flat(manifest)
          .forEach(
              (path, value) -> assertThat(value).as(path).doesNotContainIgnoringCase("password="));
      for (JsonNode variable : manifest.findValues("env").stream().flatMap(Yaml::items).toList()) {
        if (variable.path("name").asText().matches(".*(JAAS|KEY|SECRET|PASSWORD|TOKEN).*")) {
          assertThat(variable.has("value")).as(variable.toString()).isFalse();
          assertThat(variable.at("/valueFrom/secretKeyRef/name").asText()).startsWith("sluice-");
        }
      }
    }
  }

  @Test
  void noContainerRunsAsRoot() {
    for (JsonNode manifest : manifests) {
      for (JsonNode pod : podsOf(manifest)) {
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).as(pod.toString()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
        for (JsonNode container : pod.path("containers")) {
          assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
              .isFalse();
        }
      }
    }
  }

  @Test
  void everyVolumeThatIsMountedIsDeclared() {
    for (JsonNode manifest : manifests) {
      for (JsonNode pod : podsOf(manifest)) {
        List<String> declared =
            Yaml.items(pod.path("volumes")).map(each -> each.path("name").asText()).toList();
        for (JsonNode container : pod.path("containers")) {
          assertThat(
                  Yaml.items(container.path("volumeMounts"))
                      .map(each -> each.path("name").asText()))
              .allMatch(declared::contains);
        }
      }
    }
  }

  @Test
  void theBudgetOfDisruptionsIsThatOfADeployment() {
    List<String> names =
        ofKind("FlinkDeployment").stream().map(each -> each.at("/metadata/name").asText()).toList();
    for (JsonNode budget : ofKind("PodDisruptionBudget")) {
      assertThat(names).contains(budget.at("/spec/selector/matchLabels/app").asText());
    }
  }

  private static List<JsonNode> podsOf(JsonNode manifest) {
    return Stream.of("/spec/podTemplate/spec", "/spec/template/spec")
        .map(manifest::at)
        .filter(JsonNode::isObject)
        .toList();
  }

  private List<JsonNode> ofKind(String kind) {
    return manifests.stream().filter(each -> each.path("kind").asText().equals(kind)).toList();
  }

  private static List<JsonNode> manifests() {
    try (Stream<Path> files = Files.list(Checkout.deploy("kubernetes"))) {
      return files.sorted().flatMap(file -> Yaml.documents(file).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode flinkDeploymentSchema() throws IOException {
    String name = "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";
    try (InputStream definition =
        KubernetesManifestsTest.class.getClassLoader().getResourceAsStream(name)) {
      return Yaml.documents(new String(definition.readAllBytes(), StandardCharsets.UTF_8))
          .get(0)
          .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    }
  }

  /** What a schema of the operator does not know, or knows as something else. Enumerations grow, so they are not held. */
  private static List<String> strangers(String path, JsonNode value, JsonNode schema) {
    List<String> found = new ArrayList<>();
    if (!fits(value, schema)) {
      found.add(path + " is no " + schema.path("type").asText());
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String at = path + "." + field.getKey();
      JsonNode known = schema.path("properties").path(field.getKey());
      JsonNode free = schema.path("additionalProperties");
      if (known.isMissingNode() && !free.isObject()) {
        found.add(at);
      } else {
        found.addAll(strangers(at, field.getValue(), known.isMissingNode() ? free : known));
      }
    }
    Yaml.items(value)
        .forEach(item -> found.addAll(strangers(path + "[]", item, schema.path("items"))));
    return found;
  }

  private static boolean fits(JsonNode value, JsonNode schema) {
    return switch (schema.path("type").asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> true;
    };
  }
}
