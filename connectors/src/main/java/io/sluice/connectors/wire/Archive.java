package io.sluice.connectors.wire;

import io.sluice.connectors.Unreadable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** Every contract there ever was, by fingerprint: a message of any version of Sluice stays readable. */
final class Archive {
  /** Files beside the contracts, one for each version that is no more the present one. */
  private static final List<String> PAST =
      List.of("Forecast.1.avsc", "Verdict.1.avsc", "Verdict.2.avsc");

  private static final Map<Long, Schema> SCHEMAS = new HashMap<>();

  static {
    for (Contract contract : Contract.values()) {
      SCHEMAS.put(contract.fingerprint(), contract.schema());
    }
    for (String file : PAST) {
      Schema schema = Contract.load(file);
      SCHEMAS.put(SchemaNormalization.parsingFingerprint64(schema), schema);
    }
  }

  private Archive() {}

  static Map<Long, Schema> schemas() {
    return SCHEMAS;
  }

  /** The schema that a single-object message names. */
  static Schema writer(byte[] message) throws Unreadable {
    return writer(message, SCHEMAS);
  }

  static Schema writer(byte[] message, Map<Long, Schema> schemas) throws Unreadable {
    if (message.length < Frames.SINGLE_OBJECT_LENGTH
        || message[0] != Frames.SINGLE_OBJECT_1
        || message[1] != Frames.SINGLE_OBJECT_2) {
      throw new Unreadable("no single-object Avro: it does not begin with C3 01");
    }
    long fingerprint = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    Schema schema = schemas.get(fingerprint);
    if (schema == null) {
      throw new Unreadable("no schema here has the fingerprint %016x".formatted(fingerprint));
    }
    return schema;
  }
}
