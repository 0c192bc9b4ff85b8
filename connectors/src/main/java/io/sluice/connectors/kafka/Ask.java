package io.sluice.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/**
 * A request for a round of training: a record of the weights topic with the key {@code MODEL/retrain} and no value. Without a
 * value it is nothing to whoever reads weights, and the topic's compaction removes it in the end.
 */
final class Ask {
  private static final String SUFFIX = "/retrain";

  private Ask() {}

  static byte[] key(String model) {
    return (model + SUFFIX).getBytes(UTF_8);
  }

  /** The model that a round is asked for, if that is what the record says. */
  static Optional<String> model(byte[] key, byte[] value) {
    if (key == null || value != null) {
      return Optional.empty();
    }
    String text = new String(key, UTF_8);
    return text.endsWith(SUFFIX)
        ? Optional.of(text.substring(0, text.length() - SUFFIX.length()))
        : Optional.empty();
  }
}
