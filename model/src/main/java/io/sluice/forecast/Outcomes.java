package io.sluice.forecast;

import io.sluice.anomaly.Verdict;

/** Where a forecaster hands what it makes: a reading can yield several forecasts when it ends a gap, or none when late. */
public interface Outcomes {
  void forecast(Forecast forecast);

  void verdict(Verdict verdict);

  /** Not stepped, because the memory is past it; the reason is one for people. */
  void late(Reading reading, String reason);

  /** Equal in time and values to the last one, and dropped. */
  void repeat(Reading reading);

  /** Stepped, but after so long a silence that what hung together in time was dropped before it. */
  default void gap(Reading reading) {}
}
