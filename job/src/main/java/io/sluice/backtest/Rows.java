package io.sluice.backtest;

import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.connectors.files.CsvWriter;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Reading;
import io.sluice.weights.Horizon;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** {@code forecasts.csv} and {@code verdicts.csv}. */
final class Rows implements AutoCloseable {
  private final ForecastPlan forecasts;
  private final Horizon horizon;
  private final BacktestPlan plan;
  private final CsvWriter forecastFile;
  private final CsvWriter verdictFile;

  Rows(BacktestPlan plan, ForecastPlan forecasts, Horizon horizon) throws IOException {
    this.plan = plan;
    this.forecasts = forecasts;
    this.horizon = horizon;
    forecastFile =
        CsvWriter.create(
            plan.out().resolve("forecasts.csv"),
            "time",
            "variable",
            "lead",
            "at",
            "actual",
            "median",
            "lower",
            "upper",
            "coverage",
            "version",
            "status");
    verdictFile =
        CsvWriter.create(
            plan.out().resolve("verdicts.csv"),
            "time",
            "variable",
            "value",
            "surprise",
            "kind",
            "alert",
            "reason",
            "expected",
            "lower",
            "upper");
  }

  void forecast(int reading, Forecast forecast, Scores scores) throws IOException {
    for (int variable = 0; variable < forecasts.variables().size(); variable++) {
      for (int lead = 0; lead < horizon.leads().size(); lead++) {
        int ahead = horizon.leads().get(lead);
        if (plan.horizon().contains(ahead)) {
          forecastFile
              .time(forecast.time())
              .text(forecasts.variables().get(variable))
              .whole(ahead)
              .time(forecast.at()[lead])
              .number(scores.actual(reading, variable, ahead))
              .number(forecast.quantile(variable, lead, horizon.median()))
              .number(forecast.quantile(variable, lead, 0))
              .number(forecast.quantile(variable, lead, forecast.levels() - 1))
              .number(forecast.coverage(variable, lead))
              .whole(forecast.version())
              .text(forecast.status().name().toLowerCase(Locale.ROOT))
              .end();
        }
      }
    }
  }

  /** A row for each variable; a reading that was not stepped has a row too, with the reason. */
  void verdict(Reading reading, Optional<Verdict> verdict, String passedOver) throws IOException {
    for (int variable = 0; variable < forecasts.variables().size(); variable++) {
      verdictFile
          .time(reading.time())
          .text(forecasts.variables().get(variable))
          .number(reading.values()[variable]);
      if (verdict.isPresent()) {
        judged(verdict.get(), variable);
      } else {
        verdictFile.number(0).text(Kind.NORMAL.word()).truth(false).text(passedOver);
        verdictFile.number(Double.NaN).number(Double.NaN).number(Double.NaN);
      }
      verdictFile.end();
    }
  }

  /** A row for each variable, which is of no reading. */
  void silence(Verdict verdict) throws IOException {
    for (int variable = 0; variable < forecasts.variables().size(); variable++) {
      verdictFile.time(verdict.time()).text(forecasts.variables().get(variable)).number(Double.NaN);
      judged(verdict, variable);
      verdictFile.end();
    }
  }

  private void judged(Verdict verdict, int variable) throws IOException {
    verdictFile
        .number(verdict.surprise())
        .text(verdict.kind().word())
        .truth(verdict.alert())
        .text(verdict.reason())
        .number(verdict.expected()[variable])
        .number(verdict.lower()[variable])
        .number(verdict.upper()[variable]);
  }

  @Override
  public void close() throws IOException {
    try (forecastFile;
        verdictFile) {
      // both are closed, whatever the first says
    }
  }
}
