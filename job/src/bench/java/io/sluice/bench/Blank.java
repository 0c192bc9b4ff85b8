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

/**
 * Rows of a forecast's and a verdict's size. Their numbers all differ, as real ones do: equal ones would be compressed to
 * nothing, and the rows would be as large only by their name.
 */
final class Blank {
  private static final long MINUTE = 60_000;

  /** Irrational, so that products fill their mantissas. */
  private static final double STEP = Math.PI / 100;

  private static final double GRAIN = Math.E * 1e-12;

  private final int leads;
  private final int levels;

  Blank(ForecastPlan plan) {
    leads = plan.horizon().leads().size();
    levels = plan.horizon().quantiles().size();
  }

  void rows(Reading reading, double surprise, Collector<Row> out) {
    out.collect(new Row.Judged(verdict(reading, surprise)));
    out.collect(new Row.Forecasted(forecast(reading)));
  }

  private static Verdict verdict(Reading reading, double surprise) {
    double[] actual = reading.values();
    double[] contribution = new double[actual.length];
    return new Verdict(
        reading.series(),
        reading.time(),
        Kind.NORMAL,
        surprise,
        actual,
        numbers(reading, actual.length, 1),
        numbers(reading, actual.length, 2),
        numbers(reading, actual.length, 3),
        contribution,
        false,
        "",
        Episode.NONE);
  }

  private Forecast forecast(Reading reading) {
    long[] at = new long[leads];
    for (int lead = 0; lead < leads; lead++) {
      at[lead] = reading.time() + (lead + 1) * MINUTE;
    }
    int rows = reading.values().length * leads;
    return new Forecast(
        reading.series(),
        reading.time(),
        "default",
        1,
        Status.LIVE,
        false,
        at,
        numbers(reading, rows * levels, 1),
        coverage(rows));
  }

  /** A share of hits: series that have been read as often have much the same. */
  private static double[] coverage(int rows) {
    double[] coverage = new double[rows];
    Arrays.fill(coverage, 0.9);
    return coverage;
  }

  private static double[] numbers(Reading reading, int size, int first) {
    double[] numbers = new double[size];
    double value = reading.values()[0] * (1 + reading.series().hashCode() * GRAIN);
    for (int i = 0; i < size; i++) {
      numbers[i] = value * (1 + (first + i) * STEP);
    }
    return numbers;
  }
}
