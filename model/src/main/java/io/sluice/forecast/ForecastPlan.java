package io.sluice.forecast;

import io.sluice.weights.Horizon;
import java.io.Serializable;
import java.util.List;

/**
 * What is forecast and by which rules: settings, checked once and passed whole.
 *
 * @param variables their names, in the order of a reading's values
 * @param covariates names of those known in advance, in the order of a reading's covariates
 * @param context how many last readings a series keeps to re-encode its memory under new weights
 * @param warmup readings before a memory is trusted
 * @param season readings after which the baseline expects the series to repeat itself; 0 for none
 */
public record ForecastPlan(
    List<String> variables,
    List<String> covariates,
    Horizon horizon,
    Timing timing,
    int context,
    int warmup,
    int season)
    implements Serializable {

  public ForecastPlan {
    variables = List.copyOf(variables);
    covariates = List.copyOf(covariates);
    if (variables.isEmpty()) {
      throw new IllegalArgumentException("a plan needs at least one variable");
    }
    if (context < 0 || warmup < 0 || season < 0) {
      throw new IllegalArgumentException(
          "context %d, warmup %d and season %d must not be negative"
              .formatted(context, warmup, season));
    }
  }

  public static ForecastPlan of(String... variables) {
    return new ForecastPlan(
        List.of(variables), List.of(), Horizon.DEFAULT, Timing.DEFAULT, 64, 32, 0);
  }
}
