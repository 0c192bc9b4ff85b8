package io.sluice.forecast;

import io.sluice.anomaly.Alerts;
import io.sluice.online.EnsemblePlan;
import io.sluice.weights.Horizon;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * What is forecast and by which rules: settings, checked once and passed whole.
 *
 * @param variables their names, in the order of a reading's values
 * @param covariates names of those known in advance, in the order of a reading's covariates
 * @param context how many last readings a series keeps to re-encode its memory under new weights
 * @param warmup readings before a memory is trusted
 * @param calendar cycles of local time among the network's inputs
 * @param history last values from which the cheap forecasters of each variable learn at every reading, some 30 bytes each;
 *     0 for none of them
 * @param alerts when somebody is told
 * @param season readings after which the baseline expects the series to repeat itself; 0 for none
 */
public record ForecastPlan(
    List<String> variables,
    List<String> covariates,
    Horizon horizon,
    Timing timing,
    int context,
    int warmup,
    int season,
    List<Cycle> calendar,
    int history,
    Alerts alerts)
    implements Serializable {

  public ForecastPlan {
    variables = List.copyOf(variables);
    covariates = List.copyOf(covariates);
    calendar = List.copyOf(calendar);
    if (variables.isEmpty()) {
      throw new IllegalArgumentException("a plan needs at least one variable");
    }
    if (!alerts.limits().isEmpty() && alerts.limits().size() != variables.size()) {
      throw new IllegalArgumentException(
          "limits of %d variables, there are %d"
              .formatted(alerts.limits().size(), variables.size()));
    }
    if (history != 0) {
      EnsemblePlan.of(horizon.leads(), history);
    }
    if (context < 1 || warmup < 0 || season < 0) {
      throw new IllegalArgumentException(
          "context %d must be at least 1, warmup %d and season %d not negative"
              .formatted(context, warmup, season));
    }
    List<String> inputs = Features.names(variables, timing, calendar, covariates);
    if (new HashSet<>(inputs).size() < inputs.size()) {
      throw new IllegalArgumentException("two inputs of one name among " + inputs);
    }
  }

  /** With the rhythm of days and weeks among the inputs. */
  public ForecastPlan(
      List<String> variables,
      List<String> covariates,
      Horizon horizon,
      Timing timing,
      int context,
      int warmup,
      int season) {
    this(
        variables,
        covariates,
        horizon,
        timing,
        context,
        warmup,
        season,
        List.of(Cycle.DAY, Cycle.WEEK),
        0,
        Alerts.DEFAULT);
  }

  public ForecastPlan withHistory(int values) {
    return new ForecastPlan(
        variables, covariates, horizon, timing, context, warmup, season, calendar, values, alerts);
  }

  public ForecastPlan withAlerts(Alerts rules) {
    return new ForecastPlan(
        variables, covariates, horizon, timing, context, warmup, season, calendar, history, rules);
  }

  /** Names of the network's inputs, in the order in which they are fed. */
  public List<String> inputs() {
    return Features.names(variables, timing, calendar, covariates);
  }

  public static ForecastPlan of(String... variables) {
    return new ForecastPlan(
        List.of(variables), List.of(), Horizon.DEFAULT, Timing.DEFAULT, 64, 32, 0);
  }
}
