package io.sluice.connectors.mapping;

import io.sluice.connectors.Unreadable;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * ISO-8601 read digit by digit, because a file of readings has millions of them.
 *
 * <pre>
 *   2024-03-31  2024-03-31T02:30  2024-03-31 02:30:15.250  2024/3/31 2:30  …Z  …+01:00  …+0100  …+01
 * </pre>
 *
 * <p>A local time that the zone skips (spring) is moved on by the gap, one that it has twice (autumn) is the earlier.
 */
final class IsoTime {
  private final String text;
  private final ZoneId zone;
  private int at;

  private IsoTime(String text, ZoneId zone) {
    this.text = text;
    this.zone = zone;
  }

  static long millis(String text, ZoneId zone) throws Unreadable {
    IsoTime time = new IsoTime(text.trim(), zone);
    try {
      return time.millis();
    } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
      throw new Unreadable(
          "time \"%s\" is not ISO-8601, such as 2024-03-31T02:30:15Z".formatted(text));
    }
  }

  private long millis() {
    int year = digits(4);
    char dash = taken('/') ? '/' : '-';
    if (dash == '-') {
      expect('-');
    }
    int month = oneOrTwo();
    expect(dash);
    int day = oneOrTwo();
    int hour = 0;
    int minute = 0;
    int second = 0;
    int nanos = 0;
    if (at < text.length()) {
      separator();
      hour = oneOrTwo();
      expect(':');
      minute = digits(2);
      second = taken(':') ? digits(2) : 0;
      nanos = taken('.') || taken(',') ? fraction() : 0;
    }
    LocalDateTime local = LocalDateTime.of(year, month, day, hour, minute, second, nanos);
    ZoneOffset offset = at < text.length() ? offset() : zone.getRules().getOffset(local);
    return local.toEpochSecond(offset) * 1000 + nanos / 1_000_000;
  }

  private ZoneOffset offset() {
    if (taken('Z') || taken('z')) {
      end();
      return ZoneOffset.UTC;
    }
    int sign = taken('-') ? -1 : 1;
    if (sign > 0) {
      expect('+');
    }
    int hours = digits(2);
    int minutes = at == text.length() ? 0 : minutes();
    end();
    return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
  }

  private int minutes() {
    taken(':');
    return digits(2);
  }

  private void separator() {
    if (!taken('T') && !taken('t')) {
      expect(' ');
    }
  }

  private int fraction() {
    int nanos = 0;
    int scale = 100_000_000;
    while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
      nanos += Character.digit(text.charAt(at++), 10) * scale;
      scale /= 10;
    }
    return nanos;
  }

  /** Spreadsheets leave the zero out. */
  private int oneOrTwo() {
    int first = digits(1);
    boolean second = at < text.length() && Character.digit(text.charAt(at), 10) >= 0;
    return second ? first * 10 + digits(1) : first;
  }

  private int digits(int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      int digit = text.charAt(at++) - '0';
      if (digit < 0 || digit > 9) {
        throw new NumberFormatException();
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private boolean taken(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    if (!taken(c)) {
      throw new NumberFormatException();
    }
  }

  private void end() {
    if (at != text.length()) {
      throw new NumberFormatException();
    }
  }
}
