package io.sluice.forecast;

import java.time.Duration;
import java.time.ZoneId;

/**
 * The rules of time for every series.
 *
 * @param order in which readings of a series are stepped
 * @param interval between aligned readings; zero for irregular sampling, where the time since the last one is an input
 * @param lateness how long readings are held back in event-time order
 * @param maxSkew how far ahead of the log's clock a reading may lie
 * @param maxGap past which the memory is reset and warmed again
 * @param retireAfter silence past which a series is forgotten
 * @param zone of the calendar covariates
 */
public record Timing(
    Order order,
    Duration interval,
    Duration lateness,
    Duration maxSkew,
    Duration maxGap,
    Duration retireAfter,
    ZoneId zone) {

  /** By arrival (lowest latency; an older one is late) or by event time (held back, the same under any replay). */
  public enum Order {
    ARRIVAL,
    EVENT_TIME
  }

  public static final Timing DEFAULT =
      new Timing(
          Order.ARRIVAL,
          Duration.ZERO,
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofHours(6),
          Duration.ofDays(7),
          ZoneId.of("UTC"));

  public boolean aligned() {
    return !interval.isZero();
  }
}
