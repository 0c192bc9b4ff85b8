package io.sluice.anomaly;

import io.sluice.anomaly.CalendarEvent.Repeats;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The RRULE of an event: by days and weeks, with INTERVAL, COUNT or UNTIL, and BYDAY. */
final class CalendarRule {
  private static final String DAYS = "MO TU WE TH FR SA SU";
  private static final Set<String> PARTS =
      new TreeSet<>(Set.of("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"));
  private static final int MOST_DAYS = 100_000;

  private final Map<String, String> parts = new HashMap<>();
  private final ZoneId zone;

  /**
   * A rule.
   *
   * @param text empty for an event that comes once
   * @param zone of the event
   */
  CalendarRule(String text, ZoneId zone) {
    this.zone = zone;
    for (String part : text.isEmpty() ? new String[0] : text.split(";")) {
      String[] pair = part.toUpperCase(Locale.ROOT).split("=", 2);
      if (pair.length < 2 || !PARTS.contains(pair[0])) {
        throw new IllegalArgumentException(
            "a rule with \"%s\"; supported are %s".formatted(part, String.join(", ", PARTS)));
      }
      parts.put(pair[0], pair[1]);
    }
    if (parts.containsKey("COUNT") && parts.containsKey("UNTIL")) {
      throw new IllegalArgumentException("a rule with both COUNT and UNTIL");
    }
    if (every() > 1 && !parts.getOrDefault("WKST", "MO").equals("MO")) {
      throw new IllegalArgumentException(
          "a rule with INTERVAL and WKST=%s; weeks begin on MO".formatted(parts.get("WKST")));
    }
  }

  /** @param except beginnings that are called off */
  Repeats repeats(Set<LocalDateTime> except) {
    if (parts.isEmpty()) {
      return new Repeats(0, Repeats.Unit.DAY, Set.of(), LocalDateTime.MAX, except);
    }
    return new Repeats(every(), unit(), days(), until(), except);
  }

  private int every() {
    return positive("INTERVAL", "1");
  }

  private int positive(String part, String standard) {
    int number = Integer.parseInt(parts.getOrDefault(part, standard));
    if (number < 1) {
      throw new IllegalArgumentException("a rule with %s=%d".formatted(part, number));
    }
    return number;
  }

  private Repeats.Unit unit() {
    return switch (parts.getOrDefault("FREQ", "")) {
      case "DAILY" -> Repeats.Unit.DAY;
      case "WEEKLY" -> Repeats.Unit.WEEK;
      default ->
          throw new IllegalArgumentException(
              "a rule with FREQ=%s; supported are DAILY and WEEKLY".formatted(parts.get("FREQ")));
    };
  }

  private Set<DayOfWeek> days() {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String day : parts.getOrDefault("BYDAY", "").split(",")) {
      if (!day.isEmpty()) {
        int index = day.length() == 2 ? DAYS.indexOf(day) : -1;
        if (index < 0) {
          throw new IllegalArgumentException(
              "a rule with BYDAY=%s; days are %s".formatted(day, DAYS));
        }
        days.add(DayOfWeek.of(1 + index / 3));
      }
    }
    return days;
  }

  private LocalDateTime until() {
    String until = parts.get("UNTIL");
    if (until == null) {
      return LocalDateTime.MAX;
    }
    LocalDateTime time = CalendarEntry.time(until);
    if (!until.contains("T")) {
      return time.plusDays(1).minusSeconds(1);
    }
    return until.endsWith("Z")
        ? time.atZone(ZoneOffset.UTC).withZoneSameInstant(zone).toLocalDateTime()
        : time;
  }

  /** The same until its last repeat, where the rule counts them; those that are called off count too. */
  CalendarEvent counted(CalendarEvent event) {
    if (!parts.containsKey("COUNT")) {
      return event;
    }
    int left = positive("COUNT", "1");
    LocalDateTime last = event.first();
    for (int day = 0; left > 0 && day < MOST_DAYS; day++) {
      LocalDateTime begins = event.first().plusDays(day);
      if (event.comes(begins)) {
        last = begins;
        left--;
      }
    }
    return new CalendarEvent(
        event.first(), event.zone(), event.lasts(), event.repeats().until(last));
  }
}
