package io.sluice.forecast;

/**
 * Takes one step's values into a memory: what is missing is stood in for, what is there is noted in
 * the units known before and then learnt from. Serving and training come through here, so both see the same inputs.
 */
final class Intake {
  /** Beyond this a value is no measurement; sums of squares stay finite within it. */
  static final double LARGEST = 1e100;

  private final double[] bounds = new double[Outstanding.BOUNDS];
  private final boolean[] missing;
  private final double[] all;

  Intake(ForecastPlan plan) {
    int channels = plan.variables().size() + plan.covariates().size();
    missing = new boolean[channels];
    all = new double[channels];
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
    note(memory, elapsed);
    Recent recent = memory.recent();
    recent.turn();
    for (int channel = 0; channel < all.length; channel++) {
      if (missing[channel]) {
        recent.put(channel, all[channel], false);
      } else {
        double prior = channel < values.length ? model.prior(channel) : Double.NaN;
        memory.normaliser().learn(channel, all[channel], recent, prior);
      }
    }
    memory.stride().learn(recent, memory.normaliser());
  }

  private void gather(Memory memory, double[] values, double[] covariates) {
    for (int channel = 0; channel < all.length; channel++) {
      int covariate = channel - values.length;
      double value = covariate < 0 ? values[channel] : covariates[covariate];
      missing[channel] = !present(value);
      all[channel] = missing[channel] ? standIn(memory, channel) : value;
      if (!missing[channel] && !memory.normaliser().heard(channel)) {
        memory.recent().backfill(channel, value);
      }
    }
  }

  private void note(Memory memory, long elapsed) {
    Context context = memory.context();
    Normaliser normaliser = memory.normaliser();
    context.turn(elapsed);
    for (int channel = 0; channel < all.length; channel++) {
      context.putLevel(channel, normaliser.spreads(channel, all[channel]), missing[channel]);
    }
    for (int variable = 0; variable < memory.shape().variables(); variable++) {
      boolean first = memory.recent().known() == 0;
      double change = first ? 0 : all[variable] - memory.recent().value(variable, 0);
      context.putChange(variable, change / memory.stride().step(variable, normaliser));
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
    return forecast ? bounds[Outstanding.MEDIAN] : recent.value(channel, 0);
  }
}
