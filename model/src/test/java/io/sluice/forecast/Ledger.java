package io.sluice.forecast;

import io.sluice.anomaly.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Outcomes written down in order. */
final class Ledger implements Outcomes {
  final List<Forecast> forecasts = new ArrayList<>();
  final List<Verdict> verdicts = new ArrayList<>();
  final List<String> late = new ArrayList<>();
  final List<Reading> repeats = new ArrayList<>();
  int gaps;

  /** All that was said, to the bit. */
  final StringBuilder transcript = new StringBuilder();

  @Override
  public void forecast(Forecast forecast) {
    forecasts.add(forecast);
    transcript.append(
        "forecast %s %d %s %d %s %b"
            .formatted(
                forecast.series(),
                forecast.time(),
                forecast.model(),
                forecast.version(),
                forecast.status(),
                forecast.imputed()));
    for (long at : forecast.at()) {
      transcript.append(' ').append(at);
    }
    bits(forecast.quantiles());
    bits(forecast.coverage());
    bits(forecast.chances());
    for (int symbol : forecast.symbols()) {
      transcript.append(' ').append(symbol);
    }
    transcript.append('\n');
  }

  @Override
  public void verdict(Verdict verdict) {
    verdicts.add(verdict);
    transcript.append("verdict ").append(verdict.time()).append(' ').append(verdict.kind());
    bits(verdict.surprise());
    bits(verdict.actual());
    bits(verdict.expected());
    bits(verdict.lower());
    bits(verdict.upper());
    bits(verdict.contribution());
    transcript.append(verdict.alert()).append(verdict.reason()).append('\n');
  }

  @Override
  public void late(Reading reading, String reason) {
    late.add(reason);
    transcript.append("late ").append(reading.time()).append(reason).append('\n');
  }

  @Override
  public void repeat(Reading reading) {
    repeats.add(reading);
    transcript.append("repeat ").append(reading.time()).append('\n');
  }

  @Override
  public void gap(Reading reading) {
    gaps++;
    transcript.append("gap ").append(reading.time()).append('\n');
  }

  private void bits(double... numbers) {
    for (double number : numbers) {
      transcript.append(' ').append(Long.toHexString(Double.doubleToLongBits(number)));
    }
  }

  Forecast last() {
    return forecasts.get(forecasts.size() - 1);
  }

  Verdict verdict() {
    return verdicts.get(verdicts.size() - 1);
  }
}
