package io.sluice.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them: {@code 250ms}, {@code 10s}, {@code 5m}, {@code 6h}, {@code 7d}; {@code 0}. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

  private Durations() {}

  static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = FORM.matcher(text.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a span of time: \"" + text + "\"");
    }
    return unit(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
  }

  public static String text(Duration duration) {
    for (String unit : new String[] {"d", "h", "m", "s"}) {
      long units = duration.dividedBy(unit(unit));
      if (units > 0 && unit(unit).multipliedBy(units).equals(duration)) {
        return units + unit;
      }
    }
    return duration.isZero() ? "0" : duration.toMillis() + "ms";
  }

  /** In the largest unit of which there are two. */
  public static String about(Duration duration) {
    for (String unit : new String[] {"d", "h", "m"}) {
      long units = duration.dividedBy(unit(unit));
      if (units > 1) {
        return units + unit;
      }
    }
    return duration.toSeconds() + "s";
  }

  private static Duration unit(String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }
}
