package io.sluice.backtest;

import io.sluice.anomaly.Verdict;
import java.util.Locale;

/** Why a reading was judged as it was. */
public sealed interface Explanation permits NumbersExplained, SymbolsExplained {
  Verdict verdict();

  /** For people. */
  String text();

  /** All of it, numbers in full. */
  String json();

  /** A line of the text. */
  static String line(String what, String said) {
    return format("  %-16s %s", what, said).stripTrailing() + "\n";
  }

  static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
