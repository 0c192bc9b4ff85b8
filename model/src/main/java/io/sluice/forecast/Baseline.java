package io.sluice.forecast;

import io.sluice.weights.Horizon;

/**
 * What is expected without a network: the value of one season ago, or the last value where there is no season or not yet a
 * whole one. Its quantiles lie around that as Laplace's law has them, one spread of the series at the outer ones;
 * {@code Calibration} learns from its own past errors how many it should be.
 */
final class Baseline {
  private final Horizon horizon;
  private final int season;
  private final double[] shape;

  Baseline(ForecastPlan plan) {
    horizon = plan.horizon();
    season = plan.season();
    shape = horizon.quantiles().stream().mapToDouble(this::distance).toArray();
  }

  private double distance(double level) {
    if (level < 0.5) {
      return -StrictMath.log(2 * level) / StrictMath.log(2 * horizon.lowest());
    }
    return level == 0.5
        ? 0
        : StrictMath.log(2 * (1 - level)) / StrictMath.log(2 * (1 - horizon.highest()));
  }

  String name() {
    return season == 0 ? "last-value" : "seasonal-last-value";
  }

  /** Fills in, in spreads from the last value: variable by variable, lead by lead, ascending. */
  void answer(Memory memory, double[] spreads) {
    int i = 0;
    for (int variable = 0; variable < memory.shape().variables(); variable++) {
      double scale = memory.normaliser().scale(variable);
      double last = memory.recent().value(variable, 0);
      for (int lead : horizon.leads()) {
        double expected = (expected(memory.recent(), variable, lead) - last) / scale;
        for (double distance : shape) {
          spreads[i++] = expected + distance;
        }
      }
    }
  }

  private double expected(Recent recent, int variable, int lead) {
    if (season == 0 || recent.known() < season) {
      return recent.value(variable, 0);
    }
    int seasons = (lead - 1) / season + 1;
    return recent.value(variable, seasons * season - lead);
  }
}
