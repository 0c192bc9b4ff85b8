package io.sluice.connectors.mapping;

import io.sluice.connectors.Unreadable;

/** Numbers that came as text: some senders quote them, and files have nothing else. */
public final class Numbers {
  private static final int LONGEST = 64;

  private Numbers() {}

  /** The number; NaN for an empty text, {@code NaN} and {@code null}, which are missing. */
  public static double parse(String path, String text) throws Unreadable {
    String trimmed = text.trim();
    if (trimmed.isEmpty() || trimmed.equalsIgnoreCase("nan") || trimmed.equals("null")) {
      return Double.NaN;
    }
    if (trimmed.length() <= LONGEST && isDecimal(trimmed)) {
      try {
        return Double.parseDouble(trimmed);
      } catch (NumberFormatException notDecimal) {
        // told below, with the path
      }
    }
    throw new Unreadable("%s is \"%s\", expected a number".formatted(path, text));
  }

  /** Double.parseDouble also takes 1d, 0x1p3 and Infinity, which no sender means as a number. */
  private static boolean isDecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return true;
  }
}
