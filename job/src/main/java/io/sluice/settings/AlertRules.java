package io.sluice.settings;

import io.sluice.anomaly.Alerts;
import io.sluice.anomaly.Budget;
import io.sluice.anomaly.Calendar;
import io.sluice.anomaly.CalendarEvent;
import io.sluice.anomaly.CalendarFile;
import io.sluice.anomaly.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The section {@code alerts}. */
final class AlertRules {
  private static final Pattern RATE =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*/\\s*(\\d*)\\s*(\\w+)");

  private final Section section;

  private AlertRules(Section section) {
    this.section = section;
  }

  static Alerts read(Section section, List<String> variables, ZoneId zone) {
    AlertRules rules = new AlertRules(section);
    Alerts standard = Alerts.DEFAULT;
    Budget budget = rules.budget(standard.budget());
    int warmup = section.whole("warmup", standard.warmup());
    int confirm = section.whole("confirm", standard.confirm());
    double hysteresis = section.decimal("hysteresis", standard.hysteresis());
    Duration cooldown = section.duration("cooldown", standard.cooldown());
    Calendar calendar = rules.calendar(zone);
    List<Limits> limits = limits(section.section("limits"), variables);
    section.end();
    return section.checked(
        () -> new Alerts(limits, calendar, budget, warmup, confirm, hysteresis, cooldown));
  }

  private Budget budget(Budget standard) {
    String rate = section.text("budget", "1/30d");
    int fleet = section.whole("fleet", standard.fleet());
    Matcher matcher = RATE.matcher(rate.strip());
    if (!matcher.matches()) {
      throw section.error(
          "budget", "is alerts in a span of time, such as 5/h or 1/30d, not \"" + rate + "\"");
    }
    double alerts = Double.parseDouble(matcher.group(1));
    String span = (matcher.group(2).isEmpty() ? "1" : matcher.group(2)) + matcher.group(3);
    return section.checked(() -> new Budget(alerts, Durations.parse(span), fleet));
  }

  /** The events of all files, whose place is told from that of the settings. */
  private Calendar calendar(ZoneId zone) {
    List<CalendarEvent> events = new ArrayList<>();
    for (String file : section.texts("calendars", List.of())) {
      Path path = section.beside(file);
      try {
        events.addAll(new CalendarFile(zone).read(Files.readString(path)).events());
      } catch (IOException e) {
        throw section.error("calendars", "names %s, which cannot be read".formatted(path));
      } catch (IllegalArgumentException e) {
        throw section.error("calendars", "names %s: %s".formatted(path, e.getMessage()));
      }
    }
    return new Calendar(events);
  }

  private static List<Limits> limits(Section section, List<String> variables) {
    List<Limits> limits = new ArrayList<>();
    for (String variable : variables) {
      limits.add(limits(section.section(variable)));
    }
    section.end();
    return limits;
  }

  private static Limits limits(Section section) {
    Limits none = Limits.NONE;
    Limits.Direction direction = section.choice("direction", none.direction());
    double least = section.decimal("least", none.least());
    double share = section.decimal("share", none.share());
    double lowest = section.decimal("lowest", none.lowest());
    double highest = section.decimal("highest", none.highest());
    section.end();
    return section.checked(() -> new Limits(direction, least, share, lowest, highest));
  }
}
