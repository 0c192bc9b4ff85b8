package io.sluice.anomaly;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person says of an alert. Their order is kept in savepoints: new ones come last. */
public enum Label {
  /** Well that somebody was told. */
  TRUE,
  /** Nothing was there. */
  FALSE,
  /** Something was there, and nobody minds. */
  BENIGN,
  /** Somebody was at work. */
  MAINTENANCE;

  /** The word for it in topics and files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Label> of(String word) {
    return Stream.of(values()).filter(label -> label.word().equals(word)).findFirst();
  }
}
