package io.sluice.demo;

import java.util.Locale;

/**
 * What was done to a sensor, and when.
 *
 * @param from epoch milliseconds, first disturbed reading
 * @param to epoch milliseconds, last moment at which it can still be noticed
 */
record Fault(String series, Kind kind, long from, long to) {

  /** What can be done, and for how many readings. */
  enum Kind {
    SPIKE(1),
    DIP(1),
    LEVEL(24),
    VARIANCE(24),
    FLAT(24),
    SILENCE(60),
    CLOCK(1);

    private final int readings;

    Kind(int readings) {
      this.readings = readings;
    }

    int readings() {
      return readings;
    }

    /** Readings within which it can be noticed: its own and a few more, for what is told once it is sure. */
    int noticed() {
      return readings + 8;
    }

    /** The verdict that calls it by its name. */
    String verdict() {
      return switch (this) {
        case SILENCE -> "silent";
        case CLOCK -> "skew";
        default -> name().toLowerCase(Locale.ROOT);
      };
    }
  }

  boolean covers(String sensor, long time) {
    return series.equals(sensor) && from <= time && time <= to;
  }
}
