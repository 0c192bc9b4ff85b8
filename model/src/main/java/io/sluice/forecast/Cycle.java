package io.sluice.forecast;

import java.util.Locale;

/** A rhythm of the calendar: how long it takes, and when it begins in local time. */
public enum Cycle {
  DAY(86_400_000L, 0),
  /** Begins on Monday; the epoch was a Thursday. */
  WEEK(7 * 86_400_000L, 3 * 86_400_000L),
  /** The Gregorian mean, so a date drifts by a day at most. */
  YEAR(31_556_952_000L, 0);

  private final long millis;
  private final long offset;

  Cycle(long millis, long offset) {
    this.millis = millis;
    this.offset = offset;
  }

  /** How far the cycle has come, 0 to 1. */
  double phase(long localMillis) {
    return (double) Math.floorMod(localMillis + offset, millis) / millis;
  }

  /** The word for it in settings and in the names of inputs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
