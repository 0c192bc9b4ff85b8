package io.sluice.demo;

import java.util.Set;

/**
 * What was done to a sensor, and when.
 *
 * @param from epoch milliseconds, first disturbed reading
 * @param to epoch milliseconds, last moment at which it can still be noticed
 */
record Fault(String series, Kind kind, long from, long to) {

  /** What can be done, for how many readings, and the verdicts that tell it. */
  enum Kind {
    SPIKE(1, "spike", "level", "out-of-range"),
    DIP(1, "dip", "level", "out-of-range"),
    LEVEL(24, "spike", "dip", "level", "variance"),
    STUCK(24, "flat", "spike", "dip", "variance"),
    SILENCE(60, "silent"),
    CLOCK(1, "skew");

    private final int readings;
    private final Set<String> verdicts;

    Kind(int readings, String... verdicts) {
      this.readings = readings;
      this.verdicts = Set.of(verdicts);
    }

    int readings() {
      return readings;
    }

    boolean toldBy(String verdict) {
      return verdicts.contains(verdict);
    }
  }

  boolean covers(String sensor, long time) {
    return series.equals(sensor) && from <= time && time <= to;
  }
}
