package io.sluice.job;

import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.Outcomes;
import io.sluice.forecast.Reading;
import org.apache.flink.util.Collector;

/** Turns what a forecaster makes of a reading into rows, and counts them. */
final class Rows implements Outcomes {
  private final ForecastMetrics metrics;
  private Collector<Row> out;
  private Original original;

  Rows(ForecastMetrics metrics) {
    this.metrics = metrics;
  }

  /** What follows is made of that record. */
  Rows of(Original record, Collector<Row> collector) {
    original = record;
    out = collector;
    return this;
  }

  /** What follows is made of no record, but of the passing of time. */
  Rows of(Collector<Row> collector) {
    out = collector;
    return this;
  }

  @Override
  public void forecast(Forecast forecast) {
    metrics.forecasts.inc();
    metrics.imputed.inc(forecast.imputed() ? 1 : 0);
    out.collect(new Row.Forecasted(forecast));
  }

  @Override
  public void verdict(Verdict verdict) {
    metrics.verdicts.inc();
    if (verdict.kind() == Kind.SKEW) {
      metrics.skewed.inc();
    }
    for (int variable = 0; variable < verdict.actual().length; variable++) {
      hold(verdict, variable);
    }
    out.collect(new Row.Judged(verdict));
  }

  private void hold(Verdict verdict, int variable) {
    double actual = verdict.actual()[variable];
    double lower = verdict.lower()[variable];
    double upper = verdict.upper()[variable];
    if (Double.isNaN(actual)) {
      // what is silent sends no reading that could lack one
      metrics.missing.inc(verdict.kind() == Kind.SILENT ? 0 : 1);
    } else if (lower <= upper) {
      metrics.intervals.inc();
      metrics.intervalsHeld.inc(actual >= lower && actual <= upper ? 1 : 0);
    }
  }

  @Override
  public void late(Reading reading, String reason) {
    metrics.late.inc();
    out.collect(new Row.Late(reason, original));
  }

  @Override
  public void repeat(Reading reading) {
    metrics.repeats.inc();
  }

  @Override
  public void gap(Reading reading) {
    metrics.gaps.inc();
  }

  void deadLetter(String reason) {
    metrics.deadLetters.inc();
    out.collect(new Row.DeadLetter(reason, original));
  }
}
