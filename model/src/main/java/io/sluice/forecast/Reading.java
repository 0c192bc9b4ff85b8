package io.sluice.forecast;

/**
 * One reading of one series.
 *
 * @param series the key; readings of one series are stepped in order
 * @param time event time, epoch milliseconds
 * @param arrived when the log took it, epoch milliseconds: the clock that skew is measured against, the same in a replay
 * @param values one for each variable, NaN where missing
 * @param covariates known in advance, one for each name in the settings, NaN where missing
 */
public record Reading(
    String series, long time, long arrived, double[] values, double[] covariates) {
  private static final double[] NONE = {};

  public Reading {
    if (series.isEmpty()) {
      throw new IllegalArgumentException("a reading needs a series");
    }
    if (values.length == 0) {
      throw new IllegalArgumentException("series \"%s\" sent no value".formatted(series));
    }
  }

  public Reading(String series, long time, double... values) {
    this(series, time, time, values, NONE);
  }
}
