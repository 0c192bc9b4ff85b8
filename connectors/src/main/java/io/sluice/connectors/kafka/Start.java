package io.sluice.connectors.kafka;

import java.io.Serializable;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * Where a job without a checkpoint begins to read.
 *
 * @param word {@code earliest}, {@code latest}, {@code committed} (by this group; else the earliest), or an instant such
 *     as {@code 2024-03-31T00:00:00Z}
 */
public record Start(String word) implements Serializable {
  private static final Set<String> WORDS = Set.of("earliest", "latest", "committed");

  public static final Start EARLIEST = new Start("earliest");
  public static final Start LATEST = new Start("latest");
  public static final Start COMMITTED = new Start("committed");

  public Start {
    if (!WORDS.contains(word)) {
      instant(word);
    }
  }

  @SuppressWarnings("deprecation") // the connector asks for the old enum
  OffsetsInitializer offsets() {
    return switch (word) {
      case "earliest" -> OffsetsInitializer.earliest();
      case "latest" -> OffsetsInitializer.latest();
      case "committed" -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
      default -> OffsetsInitializer.timestamp(instant(word).toEpochMilli());
    };
  }

  private static Instant instant(String word) {
    try {
      return Instant.parse(word);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "readings.start is earliest, latest, committed or an instant, not \"%s\""
              .formatted(word));
    }
  }
}
