package io.sluice.forecast;

import io.sluice.anomaly.Verdict;

/** Where a forecaster hands what it makes: a reading can yield several forecasts when it ends a gap, or none when late. */
public interface Outcomes {
  void forecast(Forecast forecast);

  void verdict(Verdict verdict);

  /** Too old to be stepped: the memory is past it. */
  void late(Reading reading);

  /** Equal in time and values to the last one, and dropped. */
  void repeat(Reading reading);
}
