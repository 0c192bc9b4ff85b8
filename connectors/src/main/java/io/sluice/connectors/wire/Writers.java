package io.sluice.connectors.wire;

import io.sluice.connectors.Unreadable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** Finds the schema that an Avro message was written by. One thread at a time. */
public final class Writers {
  private final Lookup lookup;
  private final int from;

  private Writers(Lookup lookup, int from) {
    this.lookup = lookup;
    this.from = from;
  }

  /** Where schemas come from. */
  private interface Lookup {
    Schema schema(byte[] message) throws Unreadable, IOException;
  }

  /** Schemas stand in a registry, by the id in the message. */
  public static Writers confluent(RegistrySettings settings) {
    SchemaRegistry registry = new SchemaRegistry(settings);
    return new Writers(message -> registry.schema(id(message)), Frames.CONFLUENT_LENGTH);
  }

  /** Schemas are those given and Sluice's own, by the fingerprint in the message. */
  public static Writers singleObject(List<String> schemas) {
    Map<Long, Schema> known = new HashMap<>(Archive.schemas());
    for (String text : schemas) {
      Schema schema = parse(text);
      known.put(SchemaNormalization.parsingFingerprint64(schema), schema);
    }
    return new Writers(message -> Archive.writer(message, known), Frames.SINGLE_OBJECT_LENGTH);
  }

  /** Messages have no head: all are written by the one schema. */
  public static Writers bare(String text) {
    Schema schema = parse(text);
    return new Writers(message -> schema, 0);
  }

  private static Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (RuntimeException broken) {
      throw new IllegalArgumentException("not an Avro schema: " + broken.getMessage(), broken);
    }
  }

  private static int id(byte[] message) throws Unreadable {
    if (message.length < Frames.CONFLUENT_LENGTH || message[0] != Frames.CONFLUENT) {
      throw new Unreadable("not in Confluent's form: it does not begin with 00 and a schema id");
    }
    return ByteBuffer.wrap(message).getInt(1);
  }

  /**
   * The schema of a message.
   *
   * @throws IOException when it cannot be fetched now, through no fault of the message
   */
  public Schema schema(byte[] message) throws Unreadable, IOException {
    return lookup.schema(message);
  }

  /** Where in a message the Avro begins. */
  public int from() {
    return from;
  }
}
