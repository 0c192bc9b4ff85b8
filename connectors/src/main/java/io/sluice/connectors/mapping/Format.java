package io.sluice.connectors.mapping;

import io.sluice.connectors.wire.RegistrySettings;
import io.sluice.connectors.wire.Writers;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * How the user's readings are written.
 *
 * @param registry of the Confluent form
 * @param schemas as JSON text: of the single-object form all there are, of bare Avro the one
 */
public record Format(Form form, RegistrySettings registry, List<String> schemas)
    implements Serializable {
  public static final Format JSON = new Format(Form.JSON, RegistrySettings.NONE, List.of());

  /** What stands at the beginning of a message. */
  public enum Form {
    JSON,
    /** Magic byte, schema id, Avro. */
    CONFLUENT,
    /** C3 01, fingerprint, Avro. */
    SINGLE_OBJECT,
    /** Avro and nothing else. */
    AVRO;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Format {
    schemas = List.copyOf(schemas);
    if (form == Form.CONFLUENT && registry.url().isEmpty()) {
      throw new IllegalArgumentException("readings in the form confluent need registry.url");
    }
    if (form == Form.AVRO && schemas.size() != 1) {
      throw new IllegalArgumentException(
          "readings in bare Avro need one schema, not " + schemas.size());
    }
    if (form == Form.AVRO || form == Form.SINGLE_OBJECT) {
      Writers.singleObject(schemas);
    }
  }

  public static Format confluent(RegistrySettings registry) {
    return new Format(Form.CONFLUENT, registry, List.of());
  }

  public static Format singleObject(List<String> schemas) {
    return new Format(Form.SINGLE_OBJECT, RegistrySettings.NONE, schemas);
  }

  public static Format avro(String schema) {
    return new Format(Form.AVRO, RegistrySettings.NONE, List.of(schema));
  }

  ReadingDecoder.Walk walk(Plan plan) {
    return switch (form) {
      case JSON -> new JsonWalk(plan.root());
      case CONFLUENT -> new AvroFields(plan.root(), Writers.confluent(registry));
      case SINGLE_OBJECT -> new AvroFields(plan.root(), Writers.singleObject(schemas));
      case AVRO -> new AvroFields(plan.root(), Writers.bare(schemas.get(0)));
    };
  }
}
