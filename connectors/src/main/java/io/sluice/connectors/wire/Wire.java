package io.sluice.connectors.wire;

import java.io.IOException;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How rows travel.
 *
 * @param registry needed by the Confluent form alone
 */
public record Wire(WireForm form, RegistrySettings registry) implements Serializable {
  public static final Wire JSON = new Wire(WireForm.JSON, RegistrySettings.NONE);
  public static final Wire SINGLE_OBJECT = new Wire(WireForm.SINGLE_OBJECT, RegistrySettings.NONE);

  public Wire {
    if (form == WireForm.CONFLUENT && registry.url().isEmpty()) {
      throw new IllegalArgumentException("the wire form confluent needs registry.url");
    }
  }

  /**
   * An encoder of one's own: it is scratch, for one thread.
   *
   * @param topics that rows of each contract go to; their schemas are registered under {@code topic-value}
   * @throws IOException when the registry is away or refuses a schema
   */
  public RowEncoder encoder(Labels labels, Map<String, Contract> topics) throws IOException {
    return switch (form) {
      case JSON -> new JsonRows(labels);
      case SINGLE_OBJECT -> new AvroRows(labels, Frames.singleObject());
      case CONFLUENT -> new AvroRows(labels, Frames.confluent(register(topics)));
    };
  }

  /** An encoder of readings for that topic, for one thread: for a fleet that is made up, and for whoever sends from Java. */
  public ReadingEncoder readings(String topic) throws IOException {
    return switch (form) {
      case JSON -> new ReadingEncoder(Optional.empty());
      case SINGLE_OBJECT ->
          new ReadingEncoder(Optional.of(Frames.singleObject().head(Contract.READING)));
      case CONFLUENT -> {
        Frames frames = Frames.confluent(register(Map.of(topic, Contract.READING)));
        yield new ReadingEncoder(Optional.of(frames.head(Contract.READING)));
      }
    };
  }

  private Map<Contract, Integer> register(Map<String, Contract> topics) throws IOException {
    SchemaRegistry client = new SchemaRegistry(registry);
    Map<Contract, Integer> ids = new EnumMap<>(Contract.class);
    for (Map.Entry<String, Contract> topic : topics.entrySet()) {
      Contract contract = topic.getValue();
      ids.put(contract, client.register(SchemaRegistry.subject(topic.getKey()), contract.schema()));
    }
    return ids;
  }
}
