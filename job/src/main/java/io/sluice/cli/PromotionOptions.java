package io.sluice.cli;

import io.sluice.weights.Edition;
import java.time.Instant;
import picocli.CommandLine.Option;

/** From when, and why. */
final class PromotionOptions {
  @Option(
      names = "--active-from",
      paramLabel = "INSTANT",
      description =
          "Readings from this event time on are forecast with it, such as 2026-01-01T00:00:00Z; by default from now.")
  private Instant activeFrom;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = Edition.BY_HAND,
      description = "Kept with the release, for people to read (${DEFAULT-VALUE}).")
  private String reason;

  boolean dated() {
    return activeFrom != null;
  }

  /** Epoch milliseconds. */
  long activeFrom() {
    return (dated() ? activeFrom : Instant.now()).toEpochMilli();
  }

  String reason() {
    return byHand(reason);
  }

  /** Words of a person, told from those of Sluice. */
  static String byHand(String reason) {
    return reason.startsWith(Edition.BY_HAND) ? reason : Edition.BY_HAND + ": " + reason;
  }
}
