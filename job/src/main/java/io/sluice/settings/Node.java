package io.sluice.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A piece of YAML and the line it starts on. Scalars stay text: who asks for a number says so. */
sealed interface Node {
  int line();

  record Scalar(String text, int line) implements Node {}

  record Sequence(List<Node> items, int line) implements Node {}

  record Mapping(Map<String, Node> entries, int line) implements Node {}

  /** The mapping that a document holds; an empty document is an empty mapping. */
  static Mapping document(String file, String yaml) {
    try (JsonParser parser = new YAMLFactory().createParser(yaml)) {
      if (parser.nextToken() == null || parser.currentToken() == JsonToken.VALUE_NULL) {
        return new Mapping(Map.of(), 1);
      }
      if (read(file, parser) instanceof Mapping mapping) {
        return mapping;
      }
      throw new SettingsException(file + " must hold sections, such as \"kafka:\"");
    } catch (JsonProcessingException e) {
      throw new SettingsException("%s: %s".formatted(file, said(e)));
    } catch (IOException e) {
      throw new SettingsException(file + ": " + e.getMessage());
    }
  }

  /** What was being read and what was found there instead; YAML's excerpts of the file are indented. */
  private static String said(JsonProcessingException e) {
    return e.getOriginalMessage()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("  "))
        .map(line -> line.strip().replace("in 'reader', ", "").replaceAll(":$", ""))
        .collect(Collectors.joining(", "));
  }

  private static Node read(String file, JsonParser parser) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(file, parser, line);
      case START_ARRAY -> sequence(file, parser, line);
      default -> new Scalar(parser.getText(), line);
    };
  }

  private static Mapping mapping(String file, JsonParser parser, int line) throws IOException {
    Map<String, Node> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int at = parser.currentTokenLocation().getLineNr();
      if (entries.containsKey(key)) {
        throw new SettingsException("%s, line %d: \"%s\" stands twice".formatted(file, at, key));
      }
      parser.nextToken();
      if (parser.currentToken() != JsonToken.VALUE_NULL) {
        entries.put(key, keyed(read(file, parser), at));
      }
    }
    return new Mapping(entries, line);
  }

  /** A block under a key starts on the next line; people look for the key. */
  private static Node keyed(Node node, int line) {
    if (node instanceof Mapping mapping) {
      return new Mapping(mapping.entries(), line);
    }
    return node instanceof Sequence sequence ? new Sequence(sequence.items(), line) : node;
  }

  private static Sequence sequence(String file, JsonParser parser, int line) throws IOException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(file, parser));
    }
    return new Sequence(items, line);
  }
}
