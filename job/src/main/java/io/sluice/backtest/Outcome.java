package io.sluice.backtest;

import io.sluice.anomaly.Verdict;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.Outcomes;
import io.sluice.forecast.Reading;
import java.util.Optional;

/** What came of one reading. */
final class Outcome implements Outcomes {
  private Optional<Forecast> forecast = Optional.empty();
  private Optional<Verdict> verdict = Optional.empty();
  private String passedOver = "";

  /** Before the next reading. */
  void clear() {
    forecast = Optional.empty();
    verdict = Optional.empty();
    passedOver = "";
  }

  Optional<Forecast> forecast() {
    return forecast;
  }

  Optional<Verdict> verdict() {
    return verdict;
  }

  /** Why it was not stepped, empty where it was. */
  String passedOver() {
    return passedOver;
  }

  @Override
  public void forecast(Forecast made) {
    forecast = Optional.of(made);
  }

  @Override
  public void verdict(Verdict made) {
    verdict = Optional.of(made);
  }

  @Override
  public void late(Reading reading, String reason) {
    passedOver = reason;
  }

  @Override
  public void repeat(Reading reading) {
    passedOver = "repeat";
  }
}
