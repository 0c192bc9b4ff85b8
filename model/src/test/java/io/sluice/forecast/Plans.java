package io.sluice.forecast;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Edition;
import io.sluice.weights.Examples;
import io.sluice.weights.Head;
import io.sluice.weights.Horizon;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Signature;
import io.sluice.weights.Variable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** Plans to try things on, and models that fit them. */
final class Plans {
  static final Horizon HORIZON = new Horizon(List.of(1, 3, 12), List.of(0.05, 0.25, 0.5, 0.95));
  static final long START = 1_700_000_000_000L;
  static final long MINUTE = 60_000;

  private Plans() {}

  /** Two variables, one covariate, ten readings of context, five of warming. */
  static ForecastPlan plan(Duration interval) {
    return plan(interval, BySeries.all(ZoneId.of("Europe/Berlin")));
  }

  static ForecastPlan plan(Duration interval, BySeries<ZoneId> zones) {
    Timing timing =
        new Timing(
            Timing.Order.ARRIVAL,
            interval,
            Duration.ZERO,
            1000,
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofDays(7),
            zones);
    return new ForecastPlan(
        List.of("flow", "pressure"), List.of("shift"), HORIZON, timing, 10, 5, 0);
  }

  static ForecastPlan irregular() {
    return plan(Duration.ZERO);
  }

  static ForecastPlan aligned() {
    return plan(Duration.ofMinutes(1));
  }

  static Release release(ForecastPlan plan, long version, long seed) {
    return release(plan, CellKind.LSTM, version, seed);
  }

  static Release release(ForecastPlan plan, CellKind cell, long version, long seed) {
    Horizon horizon = plan.horizon();
    int variables = plan.variables().size();
    Head head = new Head.Quantiles(variables, horizon.leads().size(), horizon.quantiles().size());
    Architecture architecture = new Architecture(cell, plan.inputs().size(), 7, 2, false, 0, head);
    Signature signature =
        new Signature(
            plan.inputs(),
            plan.variables().stream().map(name -> new Variable(name, "", 0, 1)).toList(),
            horizon,
            plan.timing().zone());
    return new Release(
        Edition.candidate("pumps", version),
        Examples.weights(architecture, seed),
        signature,
        Provenance.imported("here"));
  }

  static Model model(ForecastPlan plan, long version, long seed) {
    return Model.of(release(plan, version, seed), plan);
  }

  /** One minute after the other. */
  static Reading reading(long minute, double flow, double pressure) {
    long time = START + minute * MINUTE;
    return new Reading(
        "pump", time, time, new double[] {flow, pressure}, new double[] {minute % 3});
  }
}
