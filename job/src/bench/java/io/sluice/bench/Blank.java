package io.sluice.bench;

import io.sluice.anomaly.Episode;
import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Row;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Reading;
import io.sluice.forecast.Status;
import java.util.Arrays;
import org.apache.flink.util.Collector;

/** Rows of a forecast's and a verdict's size, with the reading's own value for every number. */
final class Blank {
  private final int leads;
  private final int numbers;

  Blank(ForecastPlan plan) {
    leads = plan.horizon().leads().size();
    numbers = plan.variables().size() * leads * plan.horizon().quantiles().size();
  }

  void rows(Reading reading, double surprise, Collector<Row> out) {
    double[] actual = reading.values();
    out.collect(
        new Row.Judged(
            new Verdict(
                reading.series(),
                reading.time(),
                Kind.NORMAL,
                surprise,
                actual,
                actual,
                actual,
                actual,
                new double[actual.length],
                false,
                "",
                Episode.NONE)));
    out.collect(new Row.Forecasted(forecast(reading)));
  }

  private Forecast forecast(Reading reading) {
    long[] at = new long[leads];
    Arrays.fill(at, reading.time());
    double[] quantiles = new double[numbers];
    Arrays.fill(quantiles, reading.values()[0]);
    double[] coverage = new double[reading.values().length * leads];
    return new Forecast(
        reading.series(),
        reading.time(),
        "default",
        1,
        Status.LIVE,
        false,
        at,
        quantiles,
        coverage);
  }
}
