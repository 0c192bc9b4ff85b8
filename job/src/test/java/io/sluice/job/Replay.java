package io.sluice.job;

import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Row;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.Outcomes;
import io.sluice.forecast.Reading;
import java.util.List;

/** What a forecaster says without any Flink around it. */
record Replay(List<Row> rows) implements Outcomes {
  @Override
  public void forecast(Forecast forecast) {
    rows.add(new Row.Forecasted(forecast));
  }

  @Override
  public void verdict(Verdict verdict) {
    rows.add(new Row.Judged(verdict));
  }

  @Override
  public void late(Reading reading, String reason) {}

  @Override
  public void repeat(Reading reading) {}
}
