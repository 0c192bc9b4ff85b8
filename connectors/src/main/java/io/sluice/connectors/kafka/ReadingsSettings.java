package io.sluice.connectors.kafka;

import io.sluice.connectors.mapping.Format;
import io.sluice.connectors.mapping.Mapping;
import java.io.Serializable;

/**
 * The topic of readings and how it is read.
 *
 * @param group under which offsets are committed, for others to watch; a job's own place stands in its checkpoints
 */
public record ReadingsSettings(
    String topic, String group, Start start, Format format, Mapping mapping)
    implements Serializable {
  public ReadingsSettings {
    if (topic.isBlank() || group.isBlank()) {
      throw new IllegalArgumentException(
          "readings need a topic and a group, not \"%s\" and \"%s\"".formatted(topic, group));
    }
  }

  /** Readings in JSON. */
  public ReadingsSettings(String topic, String group, Start start, Mapping mapping) {
    this(topic, group, start, Format.JSON, mapping);
  }

  /** The same for the job that learns, which commits offsets of its own. */
  public ReadingsSettings forRetraining(Start from) {
    return new ReadingsSettings(topic, group + "-retrain", from, format, mapping);
  }
}
