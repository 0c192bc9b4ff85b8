package io.sluice.anomaly;

import java.util.Locale;

/** What is said of a reading, or of the lack of one. */
public enum Kind {
  NORMAL,
  SPIKE,
  DIP,
  LEVEL,
  VARIANCE,
  FLAT,
  SILENT,
  OUT_OF_RANGE,
  SKEW,
  /** Of series of symbols: one that hardly ever comes here. */
  UNLIKELY,
  /** Of series of symbols: one that has no name. */
  UNKNOWN;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word for it in topics and files. */
  public String word() {
    return word;
  }
}
