package io.sluice.forecast;

import io.sluice.anomaly.Alerts;
import io.sluice.anomaly.Limits;
import io.sluice.online.EnsemblePlan;
import io.sluice.online.Regression;
import io.sluice.symbols.Symbols;
import io.sluice.weights.Head;
import io.sluice.weights.Horizon;
import java.io.Serializable;
import java.time.Duration;
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
 * @param regression what the least squares among them looks back on, and what it may cost
 * @param past last values of each variable among which surprise seeks their like, some 8 bytes each, where there is a
 *     history; 0 for none: then it goes by the forecast's interval alone
 * @param alerts when somebody is told
 * @param symbols of a series of symbols; none of a series of numbers
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
    Regression regression,
    int past,
    Alerts alerts,
    Symbols symbols)
    implements Serializable {
  /** How far ahead symbols are foretold: one, and no quantiles but that. */
  public static final Horizon NEXT = new Horizon(List.of(1), List.of(0.5));

  /** Values that surprise remembers unless told otherwise. */
  public static final int PAST = 4096;

  private static final int LEAST_PAST = 128;
  private static final int MOST_PAST = 1 << 16;

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
      EnsemblePlan.of(horizon.leads(), history, variables.size(), regression);
    }
    if (context < 1 || warmup < 0 || season < 0) {
      throw new IllegalArgumentException(
          "context %d must be at least 1, warmup %d and season %d not negative"
              .formatted(context, warmup, season));
    }
    checkPast(past);
    List<String> inputs = Features.names(variables, timing, calendar, covariates);
    if (symbols.any()) {
      checkSymbols(variables, covariates, horizon, timing);
      refuse("season", season, 0);
      refuse("history", history, 0);
      refuse("calendar", calendar, List.of());
      refuse(
          "limits",
          alerts.limits().stream().filter(l -> !l.equals(Limits.NONE)).toList(),
          List.of());
    }
    if (new HashSet<>(inputs).size() < inputs.size()) {
      throw new IllegalArgumentException("two inputs of one name among " + inputs);
    }
  }

  private static void checkSymbols(
      List<String> variables, List<String> covariates, Horizon horizon, Timing timing) {
    if (variables.size() > 1) {
      throw new IllegalArgumentException(
          "a reading of symbols has one value, not " + variables.size() + ": " + variables);
    }
    refuse("covariates", covariates, List.of());
    refuse("horizon", horizon.leads(), NEXT.leads());
    refuse("quantiles", horizon.quantiles(), NEXT.quantiles());
    refuse("interval", timing.interval(), Duration.ZERO);
  }

  /** What a series of symbols cannot have. */
  private static void refuse(String what, Object asked, Object only) {
    if (!asked.equals(only)) {
      throw new IllegalArgumentException(
          "symbols do not go with the %s %s, only with %s".formatted(what, asked, only));
    }
  }

  private static void checkPast(int past) {
    if (past != 0 && (past < LEAST_PAST || past > MOST_PAST)) {
      throw new IllegalArgumentException(
          "surprise remembers %d values; 0 for none, or %d to %d"
              .formatted(past, LEAST_PAST, MOST_PAST));
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
        Regression.STANDARD,
        PAST,
        Alerts.DEFAULT,
        Symbols.NONE);
  }

  public ForecastPlan withHistory(int values) {
    return with(values, regression, past, alerts);
  }

  public ForecastPlan withAlerts(Alerts rules) {
    return with(history, regression, past, rules);
  }

  public ForecastPlan withPast(int values) {
    return with(history, regression, values, alerts);
  }

  public ForecastPlan withRegression(Regression another) {
    return with(history, another, past, alerts);
  }

  private ForecastPlan with(
      int newHistory, Regression newRegression, int newPast, Alerts newAlerts) {
    return new ForecastPlan(
        variables,
        covariates,
        horizon,
        timing,
        context,
        warmup,
        season,
        calendar,
        newHistory,
        newRegression,
        newPast,
        newAlerts,
        symbols);
  }

  /** Names of the network's inputs, in the order in which they are fed. */
  public List<String> inputs() {
    return symbols.any()
        ? Features.names(variables.get(0), symbols)
        : Features.names(variables, timing, calendar, covariates);
  }

  /** What is read off a network that answers such a plan. */
  public Head head() {
    return symbols.any()
        ? new Head.Softmax(symbols.places())
        : new Head.Quantiles(variables.size(), horizon.leads().size(), horizon.quantiles().size());
  }

  /** Of series of symbols. */
  public static ForecastPlan of(String variable, Symbols symbols) {
    return new ForecastPlan(
        List.of(variable),
        List.of(),
        NEXT,
        Timing.DEFAULT,
        64,
        32,
        0,
        List.of(),
        0,
        Regression.STANDARD,
        PAST,
        Alerts.DEFAULT,
        symbols);
  }

  public static ForecastPlan of(String... variables) {
    return new ForecastPlan(
        List.of(variables), List.of(), Horizon.DEFAULT, Timing.DEFAULT, 64, 32, 0);
  }
}
