package io.sluice.connectors.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.anomaly.Label;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.Original;
import io.sluice.connectors.Unreadable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** What people say, as messages: JSON with the fields of the contract, or single-object Avro; the first byte tells which. */
public final class FeedbackMessages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST = 64 << 10;

  private FeedbackMessages() {}

  /** What the record says, or why it says nothing; never throws for what stands in it. */
  public static Arrival decode(Original original) {
    try {
      byte[] message = original.value().orElseThrow(() -> new Unreadable("feedback without value"));
      if (message.length > LARGEST) {
        throw new Unreadable("feedback of %d bytes".formatted(message.length));
      }
      boolean avro = message.length > 0 && message[0] == Frames.SINGLE_OBJECT_1;
      return labelled(avro ? avro(message) : json(message), original);
    } catch (Unreadable unreadable) {
      return new Arrival.Rejected(unreadable.reason(), original);
    }
  }

  private static Arrival labelled(Fields fields, Original original) throws Unreadable {
    String series = fields.texts.getOrDefault("series", "");
    String word = fields.texts.getOrDefault("label", "");
    if (series.isEmpty() || fields.time == null) {
      throw new Unreadable("feedback without " + (series.isEmpty() ? "series" : "time"));
    }
    Label label =
        Label.of(word)
            .orElseThrow(
                () ->
                    new Unreadable(
                        "feedback says \"%s\", expected true, false, benign or maintenance"
                            .formatted(word)));
    return new Arrival.Labelled(series, fields.time, label, original);
  }

  private static Fields avro(byte[] message) throws Unreadable {
    Fields fields = new Fields();
    Schema writer = Archive.writer(message);
    AvroWalk.walk(writer, message, Frames.SINGLE_OBJECT_LENGTH, "", fields);
    return fields;
  }

  private static Fields json(byte[] message) throws Unreadable {
    try {
      JsonNode node = JSON.readTree(message);
      Fields fields = new Fields();
      for (String name : new String[] {"series", "label"}) {
        fields.texts.put(name, node.path(name).asText());
      }
      fields.time = node.path("time").isIntegralNumber() ? node.path("time").asLong() : null;
      return fields;
    } catch (JsonProcessingException e) {
      throw new Unreadable("no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new Unreadable("no JSON: " + e.getMessage());
    }
  }

  /** Fields by name, so that the contract may gain some. */
  private static final class Fields implements AvroWalk.Taker<String> {
    private final Map<String, String> texts = new HashMap<>();
    private Long time;

    @Override
    public String field(String place, String name) {
      return name;
    }

    @Override
    public void whole(String place, Schema type, long value) {
      time = place.equals("time") ? value : time;
    }

    @Override
    public void text(String place, String value) {
      texts.put(place, value);
    }
  }
}
