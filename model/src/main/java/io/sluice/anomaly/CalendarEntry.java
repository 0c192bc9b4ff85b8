package io.sluice.anomaly;

import io.sluice.anomaly.CalendarEvent.Length;
import io.sluice.anomaly.CalendarEvent.Repeats;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The lines of one event of a {@code CalendarFile}: when it is, how long it lasts, when it comes again and when not. */
final class CalendarEntry {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
  private static final Set<String> TIMES = Set.of("DTSTART", "DTEND", "EXDATE");
  private static final Set<String> UNDERSTOOD =
      Set.of("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "STATUS");

  /** What says nothing of when an event is. */
  private static final Set<String> NO_MATTER =
      Set.of(
          ("ATTACH ATTENDEE CATEGORIES CLASS COLOR COMMENT CONFERENCE CONTACT CREATED DESCRIPTION DTSTAMP GEO IMAGE"
                  + " LAST-MODIFIED LOCATION ORGANIZER PRIORITY RELATED-TO REQUEST-STATUS RESOURCES SEQUENCE SUMMARY"
                  + " TRANSP UID URL")
              .split(" "));

  private final ZoneId local;
  private final Map<String, List<Property>> properties = new HashMap<>();

  /** @param local of times that name no zone */
  CalendarEntry(ZoneId local) {
    this.local = local;
  }

  /** {@code NAME;PARAMETER=VALUE:value}. */
  private record Property(String name, Map<String, String> parameters, String value) {
    static Property of(String line) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("the line \"%s\" in an event".formatted(line));
      }
      String[] parts = line.substring(0, colon).split(";");
      Map<String, String> parameters = new HashMap<>();
      for (int i = 1; i < parts.length; i++) {
        String[] pair = parts[i].split("=", 2);
        parameters.put(
            pair[0].toUpperCase(Locale.ROOT), pair.length < 2 ? "" : pair[1].replace("\"", ""));
      }
      return new Property(
          parts[0].toUpperCase(Locale.ROOT), parameters, line.substring(colon + 1).strip());
    }

    boolean date() {
      return !value.contains("T");
    }
  }

  void add(String line) {
    Property property = Property.of(line);
    String name = property.name();
    if (NO_MATTER.contains(name) || name.startsWith("X-")) {
      return;
    }
    if (!UNDERSTOOD.contains(name)) {
      throw new IllegalArgumentException(
          "an event with %s, which is not supported".formatted(name));
    }
    List<Property> all = properties.computeIfAbsent(name, key -> new ArrayList<>());
    if (!all.isEmpty() && !name.equals("EXDATE")) {
      throw new IllegalArgumentException("an event with two lines of " + name);
    }
    if (TIMES.contains(name)) {
      check(property);
    }
    all.add(property);
  }

  private static void check(Property time) {
    time.parameters()
        .forEach(
            (name, value) -> {
              boolean dates = name.equals("VALUE") && Set.of("DATE", "DATE-TIME").contains(value);
              if (!dates && !name.equals("TZID") && !name.startsWith("X-")) {
                throw new IllegalArgumentException(
                    "an event whose %s has %s=%s, which is not supported"
                        .formatted(time.name(), name, value));
              }
            });
  }

  /** The event, unless it is called off. */
  Optional<CalendarEvent> event() {
    Property start =
        one("DTSTART").orElseThrow(() -> new IllegalArgumentException("an event without DTSTART"));
    try {
      CalendarEvent event = event(start);
      return cancelled() ? Optional.empty() : Optional.of(event);
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "an event at \"%s\" that cannot be read: %s".formatted(start.value(), e.getMessage()), e);
    }
  }

  private CalendarEvent event(Property start) {
    LocalDateTime first = time(start.value());
    ZoneId zone = zone(start);
    CalendarRule rule = new CalendarRule(one("RRULE").map(Property::value).orElse(""), zone);
    Repeats repeats = rule.repeats(except(first, zone));
    return rule.counted(new CalendarEvent(first, zone, lasts(start, zone), repeats));
  }

  private Optional<Property> one(String name) {
    return properties.getOrDefault(name, List.of()).stream().findFirst();
  }

  private boolean cancelled() {
    String status = one("STATUS").map(Property::value).orElse("CONFIRMED");
    return switch (status.toUpperCase(Locale.ROOT)) {
      case "CANCELLED" -> true;
      case "CONFIRMED", "TENTATIVE" -> false;
      default ->
          throw new IllegalArgumentException(
              "an event with STATUS:%s; events are CONFIRMED, TENTATIVE or CANCELLED"
                  .formatted(status));
    };
  }

  static LocalDateTime time(String value) {
    return value.contains("T")
        ? LocalDateTime.parse(value.replace("Z", ""), TIME)
        : LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE).atStartOfDay();
  }

  private ZoneId zone(Property time) {
    if (time.value().endsWith("Z")) {
      return ZoneOffset.UTC;
    }
    String zone = time.parameters().getOrDefault("TZID", "");
    return zone.isEmpty() ? local : ZoneId.of(zone);
  }

  private Length lasts(Property start, ZoneId zone) {
    Optional<Property> end = one("DTEND");
    Optional<Property> duration = one("DURATION");
    if (end.isPresent() && duration.isPresent()) {
      throw new IllegalArgumentException("an event with both DTEND and DURATION");
    }
    if (end.isPresent()) {
      return until(end.get(), start, zone);
    }
    if (duration.isPresent()) {
      return length(duration.get().value());
    }
    return new Length(start.date() ? 1 : 0, Duration.ZERO);
  }

  private Length until(Property end, Property start, ZoneId zone) {
    LocalDateTime first = time(start.value());
    LocalDateTime last = time(end.value());
    if (start.date() && end.date()) {
      return new Length((int) ChronoUnit.DAYS.between(first, last), Duration.ZERO);
    }
    ZonedDateTime from = first.atZone(zone);
    return new Length(0, Duration.between(from, last.atZone(zone(end))));
  }

  /** Such as {@code P1W}, {@code P1D} or {@code P1DT12H}. */
  private static Length length(String text) {
    int time = text.indexOf('T');
    String days = time < 0 ? text : text.substring(0, time);
    Period period = days.matches("[+-]?P") ? Period.ZERO : Period.parse(days);
    Duration rest = time < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(time));
    return new Length(period.getDays(), rest);
  }

  /** A day calls off what begins on it, a time what begins then. */
  private Set<LocalDateTime> except(LocalDateTime first, ZoneId zone) {
    Set<LocalDateTime> except = new HashSet<>();
    for (Property property : properties.getOrDefault("EXDATE", List.of())) {
      for (String value : property.value().split(",")) {
        Property one = new Property(property.name(), property.parameters(), value);
        LocalDateTime time = time(value);
        except.add(
            one.date()
                ? time.toLocalDate().atTime(first.toLocalTime())
                : time.atZone(zone(one)).withZoneSameInstant(zone).toLocalDateTime());
      }
    }
    return except;
  }
}
