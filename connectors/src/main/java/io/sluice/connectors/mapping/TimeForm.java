package io.sluice.connectors.mapping;

import io.sluice.connectors.Unreadable;
import java.io.Serializable;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * How a time is written: a count of units since 1970, or ISO-8601 text.
 *
 * @param zone of texts that name none
 */
public record TimeForm(Unit unit, ZoneId zone) implements Serializable {
  public static final TimeForm SECONDS = new TimeForm(Unit.SECONDS, ZoneOffset.UTC);
  public static final TimeForm MILLIS = new TimeForm(Unit.MILLIS, ZoneOffset.UTC);
  public static final TimeForm ISO = new TimeForm(Unit.ISO, ZoneOffset.UTC);

  private static final long EARLIEST =
      LocalDateTime.of(1, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
  private static final long LATEST =
      LocalDateTime.of(9999, 12, 31, 23, 59).toInstant(ZoneOffset.UTC).toEpochMilli();

  /** What is counted. */
  public enum Unit {
    SECONDS,
    MILLIS,
    MICROS,
    NANOS,
    ISO;

    /** The unit of that word, {@code millis} or {@code iso}. */
    public static Unit of(String word) {
      for (Unit unit : values()) {
        if (unit.word().equals(word)) {
          return unit;
        }
      }
      throw new IllegalArgumentException(
          "a time is written in seconds, millis, micros, nanos or iso, not \"" + word + "\"");
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Epoch milliseconds of a count. */
  public long millis(long count) throws Unreadable {
    return switch (unit) {
      case SECONDS -> within(Math.abs(count) > LATEST ? count : count * 1000, count);
      case MILLIS -> within(count, count);
      case MICROS -> within(Math.floorDiv(count, 1000L), count);
      case NANOS -> within(Math.floorDiv(count, 1_000_000L), count);
      case ISO -> throw new Unreadable("time is the number %d, expected ISO-8601".formatted(count));
    };
  }

  /** Epoch milliseconds of a count with a fraction. */
  public long millis(double count) throws Unreadable {
    double millis =
        switch (unit) {
          case SECONDS -> count * 1000;
          case MILLIS -> count;
          case MICROS -> count / 1000;
          case NANOS -> count / 1_000_000;
          case ISO -> Double.NaN;
        };
    if (!(millis >= EARLIEST && millis <= LATEST)) {
      throw new Unreadable("time %s is not in %s of years 1 to 9999".formatted(count, unit.word()));
    }
    return (long) Math.floor(millis);
  }

  /** Epoch milliseconds of a text. */
  public long millis(String text) throws Unreadable {
    if (unit == Unit.ISO) {
      return IsoTime.millis(text, zone);
    }
    try {
      return millis(Long.parseLong(text));
    } catch (NumberFormatException notWhole) {
      return millis(Numbers.parse("time", text));
    }
  }

  long fromLocal(long millis) {
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(millis, 1000L),
            (int) Math.floorMod(millis, 1000L) * 1_000_000,
            ZoneOffset.UTC);
    return millis - zone.getRules().getOffset(local).getTotalSeconds() * 1000L;
  }

  private long within(long millis, long count) throws Unreadable {
    if (millis < EARLIEST || millis > LATEST) {
      throw new Unreadable("time %d is not in %s of years 1 to 9999".formatted(count, unit.word()));
    }
    return millis;
  }
}
