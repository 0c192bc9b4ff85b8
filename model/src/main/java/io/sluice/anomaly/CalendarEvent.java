package io.sluice.anomaly;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;

/**
 * One event of a calendar, and when it comes again. Its days are those of its zone's clocks, so that a window at two in the
 * morning stays there when summer begins; it lasts as long as it lasts.
 *
 * @param first beginning
 * @param lasts from each beginning
 * @param repeats every so many days or weeks
 * @param days of the week on which a weekly one begins
 * @param until the last beginning may lie, inclusive
 */
public record CalendarEvent(
    LocalDateTime first,
    ZoneId zone,
    Duration lasts,
    Repeats repeats,
    Set<DayOfWeek> days,
    LocalDateTime until)
    implements Serializable {

  /** How often: every so many of a unit; none of them for once only. */
  public record Repeats(int every, Unit unit) implements Serializable {
    public static final Repeats NEVER = new Repeats(0, Unit.DAY);

    /** The units that a calendar may repeat by. */
    public enum Unit {
      DAY,
      WEEK
    }
  }

  public CalendarEvent {
    days = Set.copyOf(days);
    if (lasts.isNegative()) {
      throw new IllegalArgumentException("an event that ends before it begins, at " + first);
    }
  }

  boolean covers(long time) {
    Instant moment = Instant.ofEpochMilli(time);
    if (repeats.every() == 0) {
      return covers(moment, first);
    }
    LocalDate day = LocalDate.ofInstant(moment, zone);
    LocalDate earliest = day.minusDays(lasts.toDays() + 1);
    for (LocalDate on = day; !on.isBefore(earliest); on = on.minusDays(1)) {
      LocalDateTime begins = on.atTime(first.toLocalTime());
      if (comes(begins) && covers(moment, begins)) {
        return true;
      }
    }
    return false;
  }

  private boolean covers(Instant moment, LocalDateTime begins) {
    Instant from = begins.atZone(zone).toInstant();
    return !moment.isBefore(from) && moment.isBefore(from.plus(lasts));
  }

  /** Whether one of the repeats begins then. */
  boolean comes(LocalDateTime begins) {
    if (begins.isBefore(first) || begins.isAfter(until)) {
      return false;
    }
    LocalDate from = first.toLocalDate();
    LocalDate on = begins.toLocalDate();
    if (repeats.unit() == Repeats.Unit.DAY) {
      return ChronoUnit.DAYS.between(from, on) % repeats.every() == 0
          && (days.isEmpty() || days.contains(on.getDayOfWeek()));
    }
    boolean day =
        days.isEmpty()
            ? on.getDayOfWeek() == from.getDayOfWeek()
            : days.contains(on.getDayOfWeek());
    return day && ChronoUnit.WEEKS.between(monday(from), monday(on)) % repeats.every() == 0;
  }

  private static LocalDate monday(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }
}
