package io.sluice.forecast;

/**
 * What a series is expected to do, made at one reading.
 *
 * @param time of the reading it was made at
 * @param model id of the model that answered, or the baseline's name
 * @param version of its weights, 0 for the baseline
 * @param imputed whether the reading was missing and stood in for by the forecast made before it
 * @param at the time of each lead, epoch milliseconds
 * @param quantiles in the variable's own units: variable by variable, lead by lead, ascending; NaN for
 *     a variable that has had no value yet
 * @param coverage share of readings inside the interval so far: variable by variable, lead by lead; NaN before the first.
 *     Of a series of symbols the share that was among those named
 * @param symbols places of the likeliest symbols, the likeliest first; none where a series has numbers and quantiles
 * @param chances that one of them comes next, in the same order
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
    double[] coverage,
    int[] symbols,
    double[] chances) {
  private static final int[] NO_SYMBOLS = {};
  private static final double[] NO_CHANCES = {};

  /** Of a series of numbers. */
  public Forecast(
      String series,
      long time,
      String model,
      long version,
      Status status,
      boolean imputed,
      long[] at,
      double[] quantiles,
      double[] coverage) {
    this(
        series,
        time,
        model,
        version,
        status,
        imputed,
        at,
        quantiles,
        coverage,
        NO_SYMBOLS,
        NO_CHANCES);
  }

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

  /** The middle of what is expected: the quantile of that level, or the place of the likeliest symbol. */
  public double expected(int variable, int lead, int level) {
    return symbols.length > 0 ? symbols[0] : quantile(variable, lead, level);
  }

  public double coverage(int variable, int lead) {
    return coverage[variable * leads() + lead];
  }
}
