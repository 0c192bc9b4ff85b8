package io.sluice.forecast;

import java.util.Arrays;

/**
 * Which readings are stepped.
 *
 * <p>Readings of a series are stepped in the order of their time, each time once. Of several of one time the first stepped
 * stands: an equal one is a repeat, another one is late, and so are the second and later ones within half an interval of
 * aligned sampling. What lies further ahead of the log's clock than {@code maxSkew} is a wrong clock and not stepped, so
 * that it makes nobody late. Symbols are events: several of one time are stepped in the order in which they came.
 */
final class Door {
  private final Timing timing;
  private final boolean events;

  Door(ForecastPlan plan) {
    timing = plan.timing();
    events = plan.symbols().any();
  }

  boolean skewed(Reading reading) {
    return timing.skewed(reading);
  }

  boolean repeats(Memory memory, Reading reading) {
    return memory.last(reading);
  }

  /** Why the reading is late, or empty when it is not. */
  String lateness(Memory memory, Reading reading) {
    if (!memory.begun()) {
      return "";
    }
    long elapsed = reading.time() - memory.time();
    if (elapsed < 0) {
      return "older by %d ms than the last reading stepped".formatted(-elapsed);
    }
    if (elapsed == 0 && !events) {
      return "another reading of this time was stepped";
    }
    if (2 * elapsed < timing.interval().toMillis()) {
      return "another reading of this interval was stepped";
    }
    return "";
  }

  /** The same for equal values and covariates; of a few billion, no two others. */
  static long print(Reading reading) {
    return (long) Arrays.hashCode(reading.values()) << 32
        | Arrays.hashCode(reading.covariates()) & 0xffffffffL;
  }
}
