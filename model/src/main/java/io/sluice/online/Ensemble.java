package io.sluice.online;

/**
 * Moves an {@code Experience} by one value and says what its forecasters expect together.
 *
 * <p>Time and bytes of one value are bounded by the plan: the sums of least squares, d²/2, and the trace are the most of
 * both. For one thread: it keeps scratch, and nothing of any series.
 */
public final class Ensemble {
  static final int FORECASTERS = 5;
  private static final int LAST = 0;
  private static final int SEASONAL = 1;
  private static final int PROFILE = 2;
  private static final int SQUARES = 3;
  private static final int NETWORK = 4;
  private static final int MEAN = 5;

  /** A deviation counts as at most so many spreads: one broken reading must not bend what thousands taught. */
  private static final double MONSTROUS = 10;

  /** Readings over which the spread forgets. */
  private static final double SPAN = 1000;

  private final EnsemblePlan plan;
  private final int[] leads;
  private final double fading;
  private final double[] level;
  private final double[] targets;
  private Features features;
  private final Features[] seasons;
  private final double[] phi;
  private final double[] scale;
  private final double[][] factors;

  public Ensemble(EnsemblePlan plan) {
    this.plan = plan;
    leads = plan.leadArray();
    fading = 1 - 1.0 / plan.span();
    level = new double[plan.history()];
    targets = new double[leads.length];
    seasons = new Features[plan.history() / 3 + 2];
    phi = new double[plan.features()];
    scale = new double[phi.length];
    factors = new double[phi.length][phi.length];
  }

  /** Learns from the value of the next step, NaN where it is missing: then time passes and nothing is learnt. */
  public void observe(Experience experience, double value) {
    settle(experience, value);
    remember(experience, value);
    fit(experience);
    learn(experience, 0);
    if (experience.season.due(experience.trace.steps())) {
      int found = experience.season.look(experience.trace, experience.period(), level);
      if (found != experience.period()) {
        relearn(experience, found);
      }
    }
    if (experience.squares.due()) {
      experience.squares.solve(factors, scale);
    }
  }

  /**
   * Fills in what is expected of each lead after the last value; NaN before the first.
   *
   * @param network what the network expects of each lead, or nothing
   */
  public void expect(Experience experience, double[] network, double[] expected) {
    fit(experience);
    features.fill(experience.trace, 0, phi);
    for (int lead = 0; lead < leads.length; lead++) {
      double[] ring = experience.waiting[lead];
      int slot = slot(experience, lead);
      ask(experience, lead, ring, slot);
      ring[slot + NETWORK] = network.length == 0 ? Double.NaN : network[lead];
      expected[lead] = experience.mixtures[lead].answer(ring, slot);
      ring[slot + MEAN] = expected[lead];
    }
  }

  private void ask(Experience experience, int lead, double[] ring, int slot) {
    Trace trace = experience.trace;
    double level = experience.profile.expected(trace.steps() - 1 + leads[lead]);
    int period = experience.profile.period();
    int seasons = (leads[lead] - 1) / period + 1;
    ring[slot + LAST] = experience.last;
    ring[slot + SEASONAL] =
        experience.profile.seasonal() ? trace.value(seasons * period - leads[lead]) : Double.NaN;
    ring[slot + PROFILE] = level;
    ring[slot + SQUARES] = level + experience.squares.predict(lead, phi);
  }

  /** Where the forecast of this lead made after the last step waits. */
  private int slot(Experience experience, int lead) {
    return (int) (experience.trace.steps() % leads[lead]) * (FORECASTERS + 1);
  }

  /** Every forecast made for this very step is compared with what came. */
  private void settle(Experience experience, double value) {
    for (int lead = 0; lead < leads.length; lead++) {
      double[] ring = experience.waiting[lead];
      int slot = (int) ((experience.trace.steps() + 1) % leads[lead]) * (FORECASTERS + 1);
      if (!Double.isNaN(value) && !Double.isNaN(ring[slot + MEAN])) {
        experience.mixtures[lead].learn(ring, slot, ring[slot + MEAN], value);
      }
    }
  }

  private void remember(Experience experience, double value) {
    long step = experience.trace.steps();
    double level = experience.profile.expected(step);
    if (Double.isNaN(value)) {
      experience.trace.push(value, value);
      return;
    }
    double deviation = Double.isNaN(level) ? 0 : cut(experience, value - level);
    experience.trace.push(value, deviation);
    experience.profile.learn(step, Double.isNaN(level) ? value : level + deviation);
    experience.last = value;
  }

  private static double cut(Experience experience, double deviation) {
    double most = MONSTROUS * experience.spread;
    double size = Math.abs(deviation);
    double kept = most > 0 ? Math.min(size, most) : size;
    experience.spread += (kept - experience.spread) / Math.min(experience.trace.steps(), SPAN);
    return Math.copySign(kept, deviation);
  }

  /** Least squares takes in the pair whose furthest lead has just arrived, {@code ago} steps back. */
  private void learn(Experience experience, int ago) {
    int since = ago + plan.furthest();
    if (experience.trace.known() <= since) {
      return;
    }
    for (int lead = 0; lead < leads.length; lead++) {
      targets[lead] = experience.trace.deviation(since - leads[lead]);
      if (Double.isNaN(targets[lead])) {
        return;
      }
    }
    features.fill(experience.trace, since, phi);
    experience.squares.learn(phi, targets, fading);
  }

  /** Under another season the past means something else: what is still known of it is gone through again. */
  private void relearn(Experience experience, int period) {
    Trace trace = experience.trace;
    experience.profile.begin(period);
    fit(experience);
    experience.squares.begin(features.size(), leads.length);
    for (int ago = trace.known() - 1; ago >= 0; ago--) {
      long step = trace.steps() - 1 - ago;
      double value = trace.value(ago);
      double level = experience.profile.expected(step);
      double deviation = Double.isNaN(level) ? value * 0 : value - level;
      trace.amend(ago, deviation);
      if (!Double.isNaN(value)) {
        experience.profile.learn(step, value);
      }
      if (trace.known() - ago > 3 * period) {
        learn(experience, ago);
      }
    }
    if (experience.squares.learnt()) {
      experience.squares.solve(factors, scale);
    }
  }

  /** Makes the features those of this experience's season. */
  private void fit(Experience experience) {
    int period = experience.period();
    if (seasons[period] == null) {
      seasons[period] = new Features(plan.order(), plan.harmonics(), period);
    }
    features = seasons[period];
  }
}
