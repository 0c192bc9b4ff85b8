package io.sluice.deploy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** YAML as trees, and trees as {@code path = scalar} where tests look for one thing anywhere. */
final class Yaml {
  private static final YAMLFactory FACTORY =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private Yaml() {}

  static List<JsonNode> documents(String yaml) {
    try (YAMLParser parser = FACTORY.createParser(yaml)) {
      return MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(parser).readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> documents(Path file) {
    try {
      return documents(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  static JsonNode document(Path file) {
    return documents(file).get(0);
  }

  /** Every scalar by its path, keys joined by dots: how Flink itself reads nested configuration. */
  static Map<String, String> flat(JsonNode node) {
    Map<String, String> scalars = new LinkedHashMap<>();
    flatten("", node, scalars);
    return scalars;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> scalars) {
    if (node.isValueNode()) {
      scalars.put(path, node.asText());
      return;
    }
    String before = path.isEmpty() ? "" : path + ".";
    node.properties().forEach(entry -> flatten(before + entry.getKey(), entry.getValue(), scalars));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      flatten(before + i, node.get(i), scalars);
    }
  }

  /** The items of a sequence; of anything else, none. */
  static Stream<JsonNode> items(JsonNode node) {
    return node.isArray() ? node.valueStream() : Stream.empty();
  }
}
