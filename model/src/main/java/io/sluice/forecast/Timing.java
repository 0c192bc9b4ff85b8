package io.sluice.forecast;

import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;

/**
 * The rules of time for every series.
 *
 * @param order in which readings of a series are stepped
 * @param interval between aligned readings; zero for irregular sampling, where the time since the last one is an input
 * @param lateness how long readings are held back in event-time order
 * @param held the most readings of a series that wait so at once
 * @param maxSkew how far ahead of the log's clock a reading may lie
 * @param maxGap past which the memory is reset and warmed again, unless a series is heard so rarely that it is usual
 * @param retireAfter silence past which a series is forgotten
 * @param zones that series live in: of the calendar covariates, and of the times at which nobody is told
 */
public record Timing(
    Order order,
    Duration interval,
    Duration lateness,
    int held,
    Duration maxSkew,
    Duration maxGap,
    Duration retireAfter,
    BySeries<ZoneId> zones)
    implements Serializable {

  /** By arrival (lowest latency; an older one is late) or by event time (held back, the same under any replay). */
  public enum Order {
    ARRIVAL,
    EVENT_TIME
  }

  /** The most readings that may be imputed at once, so that one reading after a gap costs a bounded time. */
  static final int MOST_IMPUTED = 1024;

  public static final Timing DEFAULT =
      new Timing(
          Order.ARRIVAL,
          Duration.ZERO,
          Duration.ofMinutes(1),
          10_000,
          Duration.ofMinutes(5),
          Duration.ofHours(6),
          Duration.ofDays(7),
          BySeries.all(ZoneId.of("UTC")));

  public Timing {
    notNegative("interval", interval);
    notNegative("lateness", lateness);
    notNegative("maxSkew", maxSkew);
    notNegative("maxGap", maxGap);
    notNegative("retireAfter", retireAfter);
    if (held < 1) {
      throw new IllegalArgumentException("held must be at least 1, not " + held);
    }
    if (maxGap.isZero() || retireAfter.isZero()) {
      throw new IllegalArgumentException("maxGap and retireAfter must not be zero");
    }
    if (!interval.isZero() && maxGap.dividedBy(interval) > MOST_IMPUTED) {
      throw new IllegalArgumentException(
          "maxGap %s holds %d intervals of %s; at most %d can be imputed"
              .formatted(maxGap, maxGap.dividedBy(interval), interval, MOST_IMPUTED));
    }
  }

  private static void notNegative(String name, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, not " + duration);
    }
  }

  /** Whether a reading lies further ahead of the log's clock than may be: its own clock is wrong. */
  public boolean skewed(Reading reading) {
    return reading.time() - reading.arrived() > maxSkew.toMillis();
  }

  /** Of every series that none of its own is named for, and of the weights that answer them all. */
  public ZoneId zone() {
    return zones.standard();
  }

  public boolean aligned() {
    return !interval.isZero();
  }
}
