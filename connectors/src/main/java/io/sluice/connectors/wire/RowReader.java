package io.sluice.connectors.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.connectors.Row;
import io.sluice.connectors.Unreadable;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Reads of rows, such as a job wrote them, the fields that hold one value; what lies deeper is passed over. The first byte tells
 * the wire form, so a topic whose form has changed is read to its end. One thread at a time.
 */
public final class RowReader {
  private final JsonFactory json = new JsonFactory();
  private final Writers singleObject = Writers.singleObject(List.of());
  private final Optional<Writers> confluent;

  /** @param registry asked for the schemas of rows in Confluent's form alone */
  public RowReader(RegistrySettings registry) {
    confluent =
        registry.url().isEmpty() ? Optional.empty() : Optional.of(Writers.confluent(registry));
  }

  /** Fields by name; words of a choice are written as in JSON, whatever the form. */
  public record Fields(Map<String, String> texts, Map<String, Long> wholes) {}

  /** @throws IOException when a registry is asked and does not answer */
  public Fields read(byte[] row) throws Unreadable, IOException {
    byte first = row.length == 0 ? (byte) '{' : row[0];
    Fields fields = new Fields(new HashMap<>(), new HashMap<>());
    if (first == Frames.SINGLE_OBJECT_1 || first == Frames.CONFLUENT) {
      Writers writers = first == Frames.CONFLUENT ? confluent() : singleObject;
      AvroWalk.walk(writers.schema(row), row, writers.from(), "", new Into(fields));
    } else {
      readJson(row, fields);
    }
    return fields;
  }

  /** Whether these bytes, in their form, are what is written of that row today. */
  public static boolean says(byte[] bytes, Row row, Labels labels) {
    byte first = bytes.length == 0 ? (byte) '{' : bytes[0];
    boolean confluent = first == Frames.CONFLUENT;
    boolean avro = confluent || first == Frames.SINGLE_OBJECT_1;
    RowEncoder form = avro ? new AvroRows(labels, Frames.singleObject()) : new JsonRows(labels);
    byte[] today = form.encode(row);
    int head = confluent ? Frames.SINGLE_OBJECT_LENGTH : 0;
    int other = confluent ? Math.min(bytes.length, Frames.CONFLUENT_LENGTH) : 0;
    return Arrays.equals(today, head, today.length, bytes, other, bytes.length);
  }

  private Writers confluent() throws Unreadable {
    return confluent.orElseThrow(
        () -> new Unreadable("a row in Confluent's form, and no registry.url"));
  }

  private void readJson(byte[] row, Fields fields) throws Unreadable {
    try (JsonParser parser = json.createParser(row)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Unreadable("a row that is no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING) {
          fields.texts.put(name, parser.getText());
        } else if (value == JsonToken.VALUE_NUMBER_INT) {
          fields.wholes.put(name, parser.getLongValue());
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException broken) {
      throw new Unreadable("a row that is no JSON: " + broken.getMessage());
    }
  }

  /** The fields of the row itself. */
  private record Into(Fields fields) implements AvroWalk.Taker<String> {
    @Override
    public String field(String place, String name) {
      return place.isEmpty() ? name : null;
    }

    @Override
    public void whole(String place, Schema type, long value) {
      fields.wholes.put(place, value);
    }

    @Override
    public void text(String place, String value) {
      fields.texts.put(place, value);
    }
  }
}
