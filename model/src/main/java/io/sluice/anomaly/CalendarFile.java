package io.sluice.anomaly;

import io.sluice.anomaly.CalendarEvent.Repeats;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the events of an iCalendar file (RFC 5545): DTSTART, DTEND or DURATION, and RRULE by days and weeks with INTERVAL,
 * COUNT, UNTIL and BYDAY. What it cannot honour is refused by name: a window that is not there would be an alarm.
 */
public final class CalendarFile {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
  private static final String DAYS = "MO TU WE TH FR SA SU";
  private static final Set<String> RULES =
      Set.of("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST");
  private static final Set<String> REFUSED = Set.of("RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID");
  private static final int MOST_REPEATS = 100_000;

  private final ZoneId local;

  /** @param local of times that name no zone */
  public CalendarFile(ZoneId local) {
    this.local = local;
  }

  public Calendar read(String text) {
    List<CalendarEvent> events = new ArrayList<>();
    Map<String, Property> event = null;
    boolean alarm = false;
    for (String line : unfolded(text)) {
      if (line.equalsIgnoreCase("BEGIN:VEVENT")) {
        event = new HashMap<>();
      } else if (line.equalsIgnoreCase("END:VEVENT") && event != null) {
        events.add(event(event));
        event = null;
      } else if (line.toUpperCase(Locale.ROOT).endsWith(":VALARM")) {
        // an alarm within an event has a DURATION of its own
        alarm = line.regionMatches(true, 0, "BEGIN", 0, 5);
      } else if (event != null && !alarm && line.indexOf(':') > 0) {
        Property property = Property.of(line);
        event.put(property.name(), property);
      }
    }
    return new Calendar(events);
  }

  /** A line that begins with a space goes on with the one before. */
  private static List<String> unfolded(String text) {
    return text.replaceAll("\r?\n[ \t]", "").lines().map(String::strip).toList();
  }

  /** {@code NAME;PARAMETER=VALUE:value}; the parameter that matters is TZID. */
  private record Property(String name, String zone, String value) {
    static Property of(String line) {
      int colon = line.indexOf(':');
      String[] parts = line.substring(0, colon).split(";");
      String zone = "";
      for (int i = 1; i < parts.length; i++) {
        zone = parts[i].startsWith("TZID=") ? parts[i].substring(5).replace("\"", "") : zone;
      }
      return new Property(parts[0].toUpperCase(Locale.ROOT), zone, line.substring(colon + 1));
    }
  }

  private CalendarEvent event(Map<String, Property> event) {
    for (String name : REFUSED) {
      if (event.containsKey(name)) {
        throw new IllegalArgumentException(
            "an event with %s, which is not supported".formatted(name));
      }
    }
    Property start = event.get("DTSTART");
    if (start == null) {
      throw new IllegalArgumentException("an event without DTSTART");
    }
    try {
      LocalDateTime first = time(start.value());
      ZoneId zone = zone(start);
      Map<String, String> rule = rule(event.get("RRULE"));
      return counted(
          new CalendarEvent(
              first, zone, lasts(event, first, zone), repeats(rule), days(rule), until(rule, zone)),
          rule);
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "an event at \"%s\" that cannot be read: %s".formatted(start.value(), e.getMessage()), e);
    }
  }

  private static LocalDateTime time(String value) {
    return value.contains("T")
        ? LocalDateTime.parse(value.replace("Z", ""), TIME)
        : LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE).atStartOfDay();
  }

  private ZoneId zone(Property time) {
    if (time.value().endsWith("Z")) {
      return ZoneOffset.UTC;
    }
    return time.zone().isEmpty() ? local : ZoneId.of(time.zone());
  }

  private Duration lasts(Map<String, Property> event, LocalDateTime first, ZoneId zone) {
    Property end = event.get("DTEND");
    if (end != null) {
      return Duration.between(first.atZone(zone), time(end.value()).atZone(zone(end)));
    }
    Property duration = event.get("DURATION");
    if (duration != null) {
      String text = duration.value();
      return text.endsWith("W")
          ? Duration.ofDays(Period.parse(text).getDays())
          : Duration.parse(text);
    }
    return Duration.ofDays(event.get("DTSTART").value().contains("T") ? 0 : 1);
  }

  private static Map<String, String> rule(Property property) {
    Map<String, String> rule = new HashMap<>();
    for (String part : property == null ? new String[0] : property.value().split(";")) {
      String[] pair = part.split("=", 2);
      if (pair.length < 2 || !RULES.contains(pair[0])) {
        throw new IllegalArgumentException(
            "a rule with \"%s\"; supported are %s".formatted(part, String.join(", ", RULES)));
      }
      rule.put(pair[0], pair[1]);
    }
    return rule;
  }

  private static Repeats repeats(Map<String, String> rule) {
    if (rule.isEmpty()) {
      return Repeats.NEVER;
    }
    int every = Integer.parseInt(rule.getOrDefault("INTERVAL", "1"));
    return switch (rule.getOrDefault("FREQ", "")) {
      case "DAILY" -> new Repeats(every, Repeats.Unit.DAY);
      case "WEEKLY" -> new Repeats(every, Repeats.Unit.WEEK);
      default ->
          throw new IllegalArgumentException(
              "a rule with FREQ=%s; supported are DAILY and WEEKLY".formatted(rule.get("FREQ")));
    };
  }

  private static Set<DayOfWeek> days(Map<String, String> rule) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String day : rule.getOrDefault("BYDAY", "").split(",")) {
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

  private LocalDateTime until(Map<String, String> rule, ZoneId zone) {
    String until = rule.get("UNTIL");
    if (until == null) {
      return LocalDateTime.MAX;
    }
    if (!until.contains("T")) {
      return time(until).plusDays(1).minusSeconds(1);
    }
    LocalDateTime time = time(until);
    return until.endsWith("Z")
        ? time.atZone(ZoneOffset.UTC).withZoneSameInstant(zone).toLocalDateTime()
        : time;
  }

  /** The same until its last repeat, where the rule counts them. */
  private static CalendarEvent counted(CalendarEvent event, Map<String, String> rule) {
    if (!rule.containsKey("COUNT")) {
      return event;
    }
    int left = Integer.parseInt(rule.get("COUNT"));
    LocalDateTime last = event.first();
    for (int day = 0; left > 0 && day < MOST_REPEATS; day++) {
      LocalDateTime begins = event.first().plusDays(day);
      if (event.comes(begins)) {
        last = begins;
        left--;
      }
    }
    return new CalendarEvent(
        event.first(), event.zone(), event.lasts(), event.repeats(), event.days(), last);
  }
}
