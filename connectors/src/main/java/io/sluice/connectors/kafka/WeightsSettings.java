package io.sluice.connectors.kafka;

import java.io.Serializable;

/**
 * The topic of weights, which is the model store.
 *
 * @param partBytes of a release in one message, under the topic's {@code max.message.bytes}
 * @param maxBytes of a whole release, past which it is refused
 */
public record WeightsSettings(String topic, int partBytes, long maxBytes) implements Serializable {
  public static final WeightsSettings DEFAULT = new WeightsSettings("weights", 512 << 10, 64 << 20);

  public WeightsSettings {
    if (topic.isBlank()) {
      throw new IllegalArgumentException("weights.topic is missing");
    }
    if (partBytes < 1 || maxBytes < partBytes) {
      throw new IllegalArgumentException(
          "parts of %d bytes of a release of at most %d".formatted(partBytes, maxBytes));
    }
  }
}
