package io.sluice.anomaly;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the events of an iCalendar file (RFC 5545); those that are cancelled are left out. What it does not understand is
 * refused by name: a window that is not there would be an alarm, and one that is there by mistake a silence.
 */
public final class CalendarFile {
  /** Say nothing of when an event is. */
  private static final Set<String> PASSED_OVER = Set.of("VALARM", "VTIMEZONE");

  private final ZoneId local;

  /** @param local of times that name no zone */
  public CalendarFile(ZoneId local) {
    this.local = local;
  }

  public Calendar read(String text) {
    List<CalendarEvent> events = new ArrayList<>();
    List<String> open = new ArrayList<>();
    CalendarEntry entry = new CalendarEntry(local);
    for (String line : unfolded(text)) {
      String upper = line.toUpperCase(Locale.ROOT);
      if (upper.startsWith("BEGIN:")) {
        open.add(opened(upper.substring(6), open));
        entry = upper.endsWith(":VEVENT") ? new CalendarEntry(local) : entry;
      } else if (upper.startsWith("END:")) {
        close(open, upper.substring(4));
        if (upper.endsWith(":VEVENT")) {
          entry.event().ifPresent(events::add);
        }
      } else if (open.isEmpty()) {
        throw new IllegalArgumentException(
            "the line \"%s\" before BEGIN:VCALENDAR; is it an iCalendar file?".formatted(line));
      } else if (open.get(open.size() - 1).equals("VEVENT")) {
        entry.add(line);
      }
    }
    if (!open.isEmpty() || text.isBlank()) {
      throw new IllegalArgumentException("it ends before END:VCALENDAR");
    }
    return new Calendar(events);
  }

  private static String opened(String component, List<String> open) {
    boolean within = open.stream().anyMatch(PASSED_OVER::contains);
    boolean known =
        switch (component) {
          case "VCALENDAR" -> open.isEmpty();
          case "VEVENT" -> open.equals(List.of("VCALENDAR"));
          default -> within || !open.isEmpty() && PASSED_OVER.contains(component);
        };
    if (!known) {
      throw new IllegalArgumentException(
          "a %s in %s, which is not supported"
              .formatted(component, open.isEmpty() ? "it" : open.get(open.size() - 1)));
    }
    return component;
  }

  private static void close(List<String> open, String component) {
    if (open.isEmpty() || !open.remove(open.size() - 1).equals(component)) {
      throw new IllegalArgumentException("an END:%s without its BEGIN".formatted(component));
    }
  }

  /** A line that begins with a space goes on with the one before. */
  private static List<String> unfolded(String text) {
    return text.replace("\uFEFF", "")
        .replaceAll("\r?\n[ \t]", "")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
