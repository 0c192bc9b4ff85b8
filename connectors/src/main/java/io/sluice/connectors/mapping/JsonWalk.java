package io.sluice.connectors.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.sluice.connectors.Unreadable;
import io.sluice.connectors.mapping.Plan.Node;
import java.io.IOException;

/** JSON, token by token. */
final class JsonWalk implements ReadingDecoder.Walk {
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(100)
          .maxNumberLength(100)
          .maxNameLength(1_000)
          .maxStringLength(100_000)
          .build();

  private final JsonFactory factory =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          // no JSON, but what Python and others write for a number that is missing
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();
  private final Node root;

  JsonWalk(Node root) {
    this.root = root;
  }

  @Override
  public void walk(byte[] bytes, Draft draft) throws Unreadable {
    try (JsonParser parser = factory.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Unreadable("a reading is a JSON object");
      }
      value(parser, root, draft);
      if (parser.nextToken() != null) {
        throw new Unreadable("something follows the JSON object");
      }
    } catch (IOException | RuntimeException | StackOverflowError broken) {
      throw new Unreadable("not JSON: " + firstLine(broken));
    }
  }

  private static String firstLine(Throwable broken) {
    return String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
  }

  private void value(JsonParser parser, Node node, Draft draft) throws Unreadable, IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      inside(parser, node, draft);
    } else if (node.slot() == Node.NO_SLOT) {
      throw new Unreadable("%s is %s, expected more inside".formatted(node.path, parser.getText()));
    } else {
      scalar(parser, node, draft);
    }
  }

  private void inside(JsonParser parser, Node node, Draft draft) throws Unreadable, IOException {
    if (node.slot() != Node.NO_SLOT) {
      throw new Unreadable("%s is an object or array, expected one value".formatted(node.path));
    }
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      fields(parser, node, draft);
    } else {
      elements(parser, node, draft);
    }
  }

  private void fields(JsonParser parser, Node node, Draft draft) throws Unreadable, IOException {
    String name;
    while ((name = parser.nextFieldName()) != null) {
      parser.nextToken();
      visit(parser, node.field(name), draft);
    }
  }

  private void elements(JsonParser parser, Node node, Draft draft) throws Unreadable, IOException {
    long count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      visit(parser, node.element(count++), draft);
    }
    node.checkCount(count);
  }

  private void visit(JsonParser parser, Node node, Draft draft) throws Unreadable, IOException {
    if (node == null) {
      parser.skipChildren();
    } else {
      value(parser, node, draft);
    }
  }

  private static void scalar(JsonParser parser, Node node, Draft draft)
      throws Unreadable, IOException {
    switch (parser.currentToken()) {
      case VALUE_STRING -> draft.text(node, parser.getText());
      case VALUE_NUMBER_INT -> whole(parser, node, draft);
      case VALUE_NUMBER_FLOAT -> draft.number(node, parser.getDoubleValue());
      default ->
          throw new Unreadable("%s is %s, expected a value".formatted(node.path, parser.getText()));
    }
  }

  private static void whole(JsonParser parser, Node node, Draft draft)
      throws Unreadable, IOException {
    try {
      draft.whole(node, parser.getLongValue());
    } catch (InputCoercionException tooLarge) {
      draft.number(node, parser.getDoubleValue());
    }
  }
}
