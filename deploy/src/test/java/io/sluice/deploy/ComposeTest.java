package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComposeTest {
  private final JsonNode compose = Yaml.document(Checkout.deploy("compose/compose.yaml"));
  private final Map<String, JsonNode> services =
      compose.path("services").properties().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

  @Test
  void everyServiceHasAnImageAndAWayToTellThatItIsWell() {
    services.forEach(
        (name, service) -> {
          assertThat(merged(service, "image").asText()).as(name).contains(":");
          boolean endsByItself = name.equals("topics");
          assertThat(service.at("/healthcheck/test").isArray()).as(name).isNotEqualTo(endsByItself);
        });
  }

  @Test
  void nothingListensBeyondThisMachine() {
    services.forEach(
        (name, service) ->
            assertThat(Yaml.items(service.path("ports")).map(JsonNode::asText))
                .as(name)
                .allMatch(port -> port.startsWith("127.0.0.1:")));
  }

  @Test
  void servicesWaitOnlyForServices() {
    services.forEach(
        (name, service) ->
            assertThat(services.keySet())
                .as(name)
                .containsAll(
                    service.path("depends_on").propertyStream().map(Map.Entry::getKey).toList()));
  }

  @Test
  void secretsComeFromTheEnvironment() {
    JsonNode environment = compose.at("/x-sluice/environment");
    assertThat(environment.path("KAFKA_JAAS").asText()).isEqualTo("${KAFKA_JAAS:-}");
    Yaml.flat(compose)
        .forEach(
            (path, value) -> assertThat(value).as(path).doesNotContainIgnoringCase("password="));
  }

  @Test
  void everyNamedVolumeIsDeclared() {
    Set<String> declared =
        Set.copyOf(compose.path("volumes").propertyStream().map(Map.Entry::getKey).toList());
    services.forEach(
        (name, service) ->
            assertThat(
                    Yaml.items(merged(service, "volumes")).map(each -> each.asText().split(":")[0]))
                .as(name)
                .allMatch(source -> source.startsWith(".") || declared.contains(source)));
  }

  @Test
  void aJobManagerThatEndedIsNotBegunAgainWithoutItsMemories() {
    assertThat(services.get("jobmanager").path("restart").asText()).isEqualTo("no");
  }

  /** A key of the service, or of what it merges in. */
  private JsonNode merged(JsonNode service, String key) {
    boolean takesShared = service.has("<<");
    return service.has(key) || !takesShared ? service.path(key) : compose.at("/x-sluice/" + key);
  }
}
