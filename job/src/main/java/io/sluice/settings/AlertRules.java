package io.sluice.settings;

import static java.util.stream.Collectors.toMap;

import io.sluice.anomaly.Alerts;
import io.sluice.anomaly.Budget;
import io.sluice.anomaly.Calendar;
import io.sluice.anomaly.CalendarEvent;
import io.sluice.anomaly.CalendarFile;
import io.sluice.anomaly.Limits;
import io.sluice.forecast.BySeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  static Alerts read(Section section, List<String> variables, BySeries<ZoneId> zones) {
    AlertRules rules = new AlertRules(section);
    Alerts standard = Alerts.DEFAULT;
    Budget budget = rules.budget(standard.budget());
    int warmup = section.whole("warmup", standard.warmup());
    int confirm = section.whole("confirm", standard.confirm());
    double hysteresis = section.decimal("hysteresis", standard.hysteresis());
    Duration cooldown = section.duration("cooldown", standard.cooldown());
    Map<ZoneId, Calendar> calendars = rules.calendars(zones);
    List<Limits> limits = limits(section.section("limits"), variables);
    section.end();
    return section.checked(
        () -> new Alerts(limits, calendars, budget, warmup, confirm, hysteresis, cooldown));
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

  /** The files as each zone has them that a series may live in: a time that names none is that of its clocks. */
  private Map<ZoneId, Calendar> calendars(BySeries<ZoneId> zones) {
    List<String> files = section.texts("calendars", List.of());
    Set<ZoneId> all = new HashSet<>(zones.patterns().values());
    all.add(zones.standard());
    return all.stream().collect(toMap(zone -> zone, zone -> calendar(files, zone)));
  }

  /** The events of all files, whose place is told from that of the settings. */
  private Calendar calendar(List<String> files, ZoneId zone) {
    List<CalendarEvent> events = new ArrayList<>();
    for (String file : files) {
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
