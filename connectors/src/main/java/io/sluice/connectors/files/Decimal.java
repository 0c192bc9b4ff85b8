package io.sluice.connectors.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.connectors.Unreadable;
import io.sluice.connectors.mapping.Numbers;

/**
 * Decimal numbers straight from bytes.
 *
 * <p>Up to 15 digits and a power of ten up to 22 are exact in a double, so one multiplication or division rounds just as
 * {@code Double.parseDouble} does; whatever is longer goes there.
 */
final class Decimal {
  private static final int EXACT_DIGITS = 15;
  private static final double[] POWERS = new double[23];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++, power *= 10) {
      POWERS[i] = power;
    }
  }

  private Decimal() {}

  /** NaN where the field is empty or says that nothing is there. */
  static double parse(String column, byte[] bytes, int from, int to) throws Unreadable {
    int at = from < to && bytes[from] == '-' ? from + 1 : from;
    long digits = 0;
    int point = -1;
    int start = at;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
      } else if (bytes[at] == '.' && point < 0) {
        point = at;
      } else {
        return slow(column, bytes, from, to);
      }
    }
    int count = at - start - (point < 0 ? 0 : 1);
    if (count == 0 || count > EXACT_DIGITS) {
      return slow(column, bytes, from, to);
    }
    double magnitude = point < 0 ? digits : digits / POWERS[to - point - 1];
    return bytes[from] == '-' ? -magnitude : magnitude;
  }

  private static double slow(String column, byte[] bytes, int from, int to) throws Unreadable {
    String text = new String(bytes, from, to - from, UTF_8).trim();
    if (text.equals("NA") || text.equals("N/A")) {
      return Double.NaN;
    }
    double number = Numbers.parse(column, text);
    if (Double.isInfinite(number)) {
      throw new Unreadable("%s is %s, expected a finite number".formatted(column, text));
    }
    return number;
  }
}
