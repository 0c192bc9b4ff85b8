package io.sluice.anomaly;

import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * When somebody is told.
 *
 * @param limits one for each variable; none of them if empty
 * @param calendars of times at which nobody is, as the clocks of each zone have them; none of them if empty
 * @param budget of false alarms, which sets the threshold
 * @param warmup readings of a series before the first alert
 * @param confirm readings after which a spike is told from a new level, and of calm that end an episode
 * @param hysteresis share of the threshold's evidence that keeps an episode going
 * @param cooldown after an episode, before the next alert
 */
public record Alerts(
    List<Limits> limits,
    Map<ZoneId, Calendar> calendars,
    Budget budget,
    int warmup,
    int confirm,
    double hysteresis,
    Duration cooldown)
    implements Serializable {

  public static final Alerts DEFAULT =
      new Alerts(List.of(), Map.of(), Budget.DEFAULT, 64, 8, 0.6, Duration.ZERO);

  private static final int MOST_PATIENT = 1024;

  public Alerts {
    limits = List.copyOf(limits);
    calendars = Map.copyOf(calendars);
    if (warmup < 0 || confirm < 1 || confirm > MOST_PATIENT || cooldown.isNegative()) {
      throw new IllegalArgumentException(
          "warmup %d and cooldown %s must not be negative, confirm %d lie between 1 and %d"
              .formatted(warmup, cooldown, confirm, MOST_PATIENT));
    }
    if (!(hysteresis > 0 && hysteresis <= 1)) {
      throw new IllegalArgumentException(
          "hysteresis must lie above 0 and at most be 1, not " + hysteresis);
    }
  }

  /** Of the variable. */
  public Limits limits(int variable) {
    return limits.isEmpty() ? Limits.NONE : limits.get(variable);
  }

  /** Of series that live in that zone. */
  public Calendar calendar(ZoneId zone) {
    return calendars.getOrDefault(zone, Calendar.EMPTY);
  }
}
