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
 * morning stays there when summer begins.
 *
 * @param first beginning
 * @param lasts from each beginning
 */
public record CalendarEvent(LocalDateTime first, ZoneId zone, Length lasts, Repeats repeats)
    implements Serializable {

  /**
   * How long it lasts: days, each as long as the clocks have it, and then a time that passes.
   *
   * @param days none for most
   */
  public record Length(int days, Duration time) implements Serializable {
    public Length {
      if (days < 0 || time.isNegative()) {
        throw new IllegalArgumentException(
            "an event that ends before it begins, by %d days and %s".formatted(days, time));
      }
    }
  }

  /**
   * When it comes again.
   *
   * @param every so many units; 0 for once only
   * @param days of the week on which a weekly one begins, or on which alone a daily one does; empty for no matter
   * @param until the last beginning may lie, inclusive
   * @param except beginnings that are called off
   */
  public record Repeats(
      int every, Unit unit, Set<DayOfWeek> days, LocalDateTime until, Set<LocalDateTime> except)
      implements Serializable {

    /** The units that a calendar may repeat by. */
    public enum Unit {
      DAY,
      WEEK
    }

    public Repeats {
      days = Set.copyOf(days);
      except = Set.copyOf(except);
    }

    Repeats until(LocalDateTime last) {
      return new Repeats(every, unit, days, last, except);
    }

    /** Whether an event that first began then, by its rule, begins on this day; called off or not. */
    private boolean comes(LocalDate first, LocalDate on) {
      if (every == 0) {
        return on.equals(first);
      }
      if (unit == Unit.DAY) {
        return ChronoUnit.DAYS.between(first, on) % every == 0
            && (days.isEmpty() || days.contains(on.getDayOfWeek()));
      }
      boolean day =
          days.isEmpty()
              ? on.getDayOfWeek() == first.getDayOfWeek()
              : days.contains(on.getDayOfWeek());
      return day && ChronoUnit.WEEKS.between(monday(first), monday(on)) % every == 0;
    }

    private static LocalDate monday(LocalDate day) {
      return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
  }

  boolean covers(long time) {
    Instant moment = Instant.ofEpochMilli(time);
    LocalDate day = LocalDate.ofInstant(moment, zone);
    LocalDate earliest = day.minusDays(lasts.days() + lasts.time().toDays() + 1);
    for (LocalDate on = day; !on.isBefore(earliest); on = on.minusDays(1)) {
      LocalDateTime begins = on.atTime(first.toLocalTime());
      if (comes(begins) && !repeats.except().contains(begins) && covers(moment, begins)) {
        return true;
      }
    }
    return false;
  }

  private boolean covers(Instant moment, LocalDateTime begins) {
    Instant from = begins.atZone(zone).toInstant();
    Instant to = begins.atZone(zone).plusDays(lasts.days()).toInstant().plus(lasts.time());
    return !moment.isBefore(from) && moment.isBefore(to);
  }

  /** Whether its rule has one begin then, called off or not. */
  boolean comes(LocalDateTime begins) {
    return !begins.isBefore(first)
        && !begins.isAfter(repeats.until())
        && repeats.comes(first.toLocalDate(), begins.toLocalDate());
  }
}
