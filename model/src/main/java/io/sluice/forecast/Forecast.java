package io.sluice.forecast;

/**
 * What a series is expected to do, made at one reading.
 *
 * @param time of the reading it was made at
 * @param model id of the model that answered, or the baseline's name
 * @param version of its weights, 0 for the baseline
 * @param imputed whether the reading was missing and stood in for by the forecast made before it
 * @param at the time of each lead, epoch milliseconds
 * @param quantiles in the variable's own units: variable by variable, lead by lead, ascending
 * @param coverage share of readings inside the interval so far: variable by variable, lead by lead; NaN before the first
 */
public record Forecast(
    String series,
    long time,
    String model,
    long version,
    Status status,
    boolean imputed,
    long[] at,
    double[] quantiles,
    double[] coverage) {

  public int leads() {
    return at.length;
  }

  public int variables() {
    return coverage.length / at.length;
  }

  /** How many quantiles each variable and lead has. */
  public int levels() {
    return quantiles.length / coverage.length;
  }

  public double quantile(int variable, int lead, int level) {
    return quantiles[(variable * leads() + lead) * levels() + level];
  }

  public double coverage(int variable, int lead) {
    return coverage[variable * leads() + lead];
  }
}
