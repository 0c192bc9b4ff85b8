package io.sluice.forecast;

/**
 * Takes one step's values into a memory: what is missing is stood in for, what is there is normalised by what was known
 * before and then learnt from. Serving and training come through here, so both see the same inputs.
 */
final class Intake {
  /** Beyond this a value is no measurement; sums of squares stay finite within it. */
  static final double LARGEST = 1e100;

  private final double[] bounds = new double[3];
  private final float[] z;
  private final boolean[] missing;
  private final double[] values;

  Intake(ForecastPlan plan) {
    int channels = plan.variables().size() + plan.covariates().size();
    z = new float[channels];
    missing = new boolean[channels];
    values = new double[channels];
  }

  static boolean present(double value) {
    return Math.abs(value) <= LARGEST;
  }

  /**
   * One step.
   *
   * @param elapsed milliseconds since the step before, 0 for the first
   * @param values one for each variable, missing where not {@code present}
   */
  void take(Memory memory, long elapsed, double[] values, double[] covariates, Model model) {
    gather(memory, values, covariates);
    memory.context().push(elapsed, z, missing);
    Recent recent = memory.recent();
    recent.turn();
    for (int channel = 0; channel < z.length; channel++) {
      if (missing[channel]) {
        recent.put(channel, this.values[channel], false);
      } else {
        double prior = channel < values.length ? model.prior(channel) : Double.NaN;
        memory.normaliser().learn(channel, this.values[channel], recent, prior);
      }
    }
  }

  private void gather(Memory memory, double[] variables, double[] covariates) {
    for (int channel = 0; channel < z.length; channel++) {
      int covariate = channel - variables.length;
      double value = covariate < 0 ? variables[channel] : covariates[covariate];
      missing[channel] = !present(value);
      values[channel] = missing[channel] ? standIn(memory, channel) : value;
      z[channel] = memory.normaliser().normalised(channel, values[channel]);
    }
  }

  /** The forecast made for this very step, or else the last value. */
  private double standIn(Memory memory, int channel) {
    Recent recent = memory.recent();
    if (recent.known() == 0) {
      return memory.normaliser().centre(channel);
    }
    boolean forecast =
        channel < memory.shape().variables()
            && memory.shape().leads()[0] == 1
            && memory.outstanding().due(channel, 0, recent, bounds);
    return forecast ? bounds[1] : recent.value(channel, 0);
  }
}
