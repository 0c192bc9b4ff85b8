package io.sluice.forecast;

import io.sluice.weights.Horizon;

/**
 * What is expected without a network: the value of one season ago, or the last value where there is no season or not yet a
 * whole one. Its quantiles lie around that as Laplace's law has them, one stride of the series at the outer ones;
 * {@code Calibration} learns from its own past errors how many it should be.
 */
final class Baseline {
  private final Horizon horizon;
  private final int season;
  private final int[] leads;
  private final double[] shape;

  Baseline(ForecastPlan plan) {
    horizon = plan.horizon();
    season = plan.season();
    leads = horizon.leads().stream().mapToInt(Integer::intValue).toArray();
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

  /** How far a level lies from the middle, as a share of the outermost on its side; negative below it. */
  double shape(int level) {
    return shape[level];
  }

  String name() {
    return season == 0 ? "last-value" : "seasonal-last-value";
  }

  /** Fills in, in strides from the last value: variable by variable, lead by lead, ascending. */
  void answer(Memory memory, double[] strides) {
    int i = 0;
    for (int variable = 0; variable < memory.shape().variables(); variable++) {
      double last = memory.recent().value(variable, 0);
      for (int lead = 0; lead < leads.length; lead++) {
        double expected = expected(memory.recent(), variable, leads[lead]) - last;
        expected /= memory.unit(variable, lead);
        for (double distance : shape) {
          strides[i++] = expected + distance;
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
