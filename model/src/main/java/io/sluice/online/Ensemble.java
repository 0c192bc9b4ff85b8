package io.sluice.online;

/**
 * Moves the {@code Experience} of each variable of a series by one value and says what the forecasters expect together.
 *
 * <pre>
 *   last value, seasonal, profile, least squares, that with neighbours ──► Mixture ──► Lean to the network
 *                                                                 ──► at one step ahead the Correction
 * </pre>
 *
 * <p>Time and bytes of one value are bounded by the plan: the sums of least squares, d²/2, and the trace are the most of
 * both; a {@code Stopwatch} and {@code Scales} tell each forecaster's. For one thread: it keeps scratch, and nothing of any series.
 */
public final class Ensemble {
  private static final int LAST = 0;
  private static final int SEASONAL = 1;
  private static final int PROFILE = 2;
  private static final int SQUARES = 3;
  private static final int TOGETHER = 4;
  private static final int NETWORK = 5;
  private static final int MIXED = 6;

  /** The network is none of them. */
  static final int MIXED_FORECASTERS = NETWORK;

  /** Numbers of a forecast that waits. */
  static final int SLOT = MIXED + 1;

  /** A deviation counts as at most so many spreads: one broken reading must not bend what thousands taught. */
  private static final double MONSTROUS = 10;

  /** Less than this share of a value is the rounding of sums, from which least squares would learn wonders. */
  private static final double ROUNDING = 1e-12;

  /** Readings over which the spread forgets. */
  private static final double SPAN = 1000;

  private final EnsemblePlan plan;
  private final Stopwatch stopwatch;
  private final int[] leads;
  private final double fading;

  /** Many weights of few readings: those of neighbours forget sooner. */
  private final double fadingTogether;

  private final double[] level;
  private final double[] targets;
  private final int[] slots;
  private Features features;
  private final Features[] seasons;
  private final double[] phi;
  private final double[] scale;
  private final double[][] factors;
  private final Correction[] neighbours;
  private final double[] waves = new double[Correction.WAVES];

  public Ensemble(EnsemblePlan plan) {
    this(plan, new Stopwatch());
  }

  /** @param stopwatch told which forecaster is at work */
  public Ensemble(EnsemblePlan plan, Stopwatch stopwatch) {
    this.plan = plan;
    this.stopwatch = stopwatch;
    leads = plan.leadArray();
    fading = 1 - 1.0 / plan.span();
    fadingTogether = 1 - 2.0 / plan.span();
    level = new double[plan.history()];
    targets = new double[leads.length];
    slots = new int[leads.length];
    seasons = new Features[plan.history() / 3 + 2];
    phi = new double[plan.features()];
    scale = new double[phi.length];
    factors = new double[phi.length][phi.length];
    neighbours = new Correction[plan.neighbours()];
  }

  /** Learns from the values of the next step, NaN where one is missing: then time passes and nothing is learnt. */
  public void observe(Experience[] all, double[] values) {
    for (int variable = 0; variable < all.length; variable++) {
      settle(all[variable], values[variable]);
      stopwatch.turnTo(Faculty.PROFILE);
      remember(all[variable], values[variable]);
    }
    for (int variable = 0; variable < all.length; variable++) {
      fit(all[variable]);
      learn(all, variable, 0);
      stopwatch.turnTo(Faculty.SEASONAL);
      seek(all, variable);
      solve(all[variable]);
    }
  }

  private void seek(Experience[] all, int variable) {
    Experience experience = all[variable];
    if (experience.season.due(experience.trace.steps())) {
      int found = experience.season.look(experience.trace, experience.period(), level);
      if (found != experience.period()) {
        relearn(all, variable, found);
      }
    }
  }

  private void solve(Experience experience) {
    int every = plan.regression().every();
    stopwatch.turnTo(Faculty.SQUARES);
    if (experience.squares.due(every)) {
      experience.squares.solve(factors, scale);
    }
    stopwatch.turnTo(Faculty.TOGETHER);
    if (experience.together.due(every)) {
      experience.together.solve(factors, scale);
    }
    stopwatch.turnTo(Faculty.CORRECTION);
    experience.correction.solve(every, factors, scale);
  }

  /**
   * Fills in what is expected of each lead of a variable after the last value; NaN before the first.
   *
   * @param network what the network expects of each lead, or nothing
   */
  public void expect(Experience[] all, int variable, double[] network, double[] expected) {
    Experience experience = all[variable];
    fit(experience);
    ask(all, variable);
    stopwatch.turnTo(Faculty.MIXTURE);
    for (int lead = 0; lead < leads.length; lead++) {
      double[] ring = experience.waiting[lead];
      int slot = slots[lead];
      ring[slot + NETWORK] = network.length == 0 ? Double.NaN : network[lead];
      double mixed = experience.mixtures[lead].answer(ring, slot);
      ring[slot + MIXED] = mixed;
      double way = ring[slot + NETWORK] - mixed;
      expected[lead] = Double.isNaN(way) ? mixed : mixed + experience.leans[lead].share() * way;
    }
    stopwatch.turnTo(Faculty.CORRECTION);
    if (leads[0] == 1) {
      expected[0] = corrected(all, variable, expected[0]);
    }
    stopwatch.turnTo(Faculty.REST);
  }

  private double corrected(Experience[] all, int variable, double answer) {
    for (int next = 0; next < neighbours.length; next++) {
      neighbours[next] = all[(variable + 1 + next) % all.length].correction;
    }
    features.slowest(phi, waves);
    Experience experience = all[variable];
    return experience.correction.corrected(answer, experience.trace, waves, neighbours);
  }

  /** Each forecaster in turn says what it expects of every lead. */
  private void ask(Experience[] all, int variable) {
    Experience experience = all[variable];
    stopwatch.turnTo(Faculty.LAST);
    for (int lead = 0; lead < leads.length; lead++) {
      slots[lead] = slot(experience, lead);
      experience.waiting[lead][slots[lead] + LAST] = experience.last;
    }
    stopwatch.turnTo(Faculty.SEASONAL);
    askSeason(experience);
    stopwatch.turnTo(Faculty.PROFILE);
    for (int lead = 0; lead < leads.length; lead++) {
      double level = experience.profile.expected(experience.trace.steps() - 1 + leads[lead]);
      experience.waiting[lead][slots[lead] + PROFILE] = level;
    }
    stopwatch.turnTo(Faculty.FEATURES);
    features.fill(all, variable, 0, phi);
    stopwatch.turnTo(Faculty.SQUARES);
    askSquares(experience, experience.squares, SQUARES);
    stopwatch.turnTo(Faculty.TOGETHER);
    if (neighbours.length > 0) {
      askSquares(experience, experience.together, TOGETHER);
    }
  }

  private void askSeason(Experience experience) {
    Profile profile = experience.profile;
    for (int lead = 0; lead < leads.length; lead++) {
      int seasons = (leads[lead] - 1) / profile.period() + 1;
      experience.waiting[lead][slots[lead] + SEASONAL] =
          profile.seasonal()
              ? experience.trace.value(seasons * profile.period() - leads[lead])
              : Double.NaN;
    }
  }

  private void askSquares(Experience experience, LeastSquares squares, int forecaster) {
    for (int lead = 0; lead < leads.length; lead++) {
      double[] ring = experience.waiting[lead];
      int slot = slots[lead];
      ring[slot + forecaster] = ring[slot + PROFILE] + squares.predict(lead, phi);
    }
  }

  /** Where the forecast of this lead made after the last step waits. */
  private int slot(Experience experience, int lead) {
    return (int) (experience.trace.steps() % leads[lead]) * SLOT;
  }

  /** Every forecast made for this very step is compared with what came. */
  private void settle(Experience experience, double value) {
    stopwatch.turnTo(Faculty.MIXTURE);
    for (int lead = 0; lead < leads.length; lead++) {
      double[] ring = experience.waiting[lead];
      int slot = (int) ((experience.trace.steps() + 1) % leads[lead]) * SLOT;
      double mixed = ring[slot + MIXED];
      if (!Double.isNaN(value) && !Double.isNaN(mixed)) {
        experience.mixtures[lead].learn(ring, slot, mixed, value);
        experience.leans[lead].learn(ring[slot + NETWORK] - mixed, value - mixed);
      }
    }
    stopwatch.turnTo(Faculty.CORRECTION);
    experience.correction.learn(value, fading);
  }

  private void remember(Experience experience, double value) {
    long step = experience.trace.steps();
    double level = experience.profile.expected(step);
    if (Double.isNaN(value)) {
      experience.trace.push(value, value);
      return;
    }
    double deviation = Double.isNaN(level) ? 0 : cut(experience, deviation(value, level));
    experience.trace.push(value, deviation);
    experience.profile.learn(step, Double.isNaN(level) ? value : level + deviation);
    experience.last = value;
  }

  /** None where nothing was expected; NaN where nothing came. */
  private static double deviation(double value, double level) {
    double deviation = Double.isNaN(level) ? value * 0 : value - level;
    return Math.abs(deviation) < ROUNDING * Math.abs(value) ? 0 : deviation;
  }

  private static double cut(Experience experience, double deviation) {
    double most = MONSTROUS * experience.spread;
    double size = Math.abs(deviation);
    double kept = most > 0 ? Math.min(size, most) : size;
    experience.spread += (kept - experience.spread) / Math.min(experience.trace.steps(), SPAN);
    return Math.copySign(kept, deviation);
  }

  /** Least squares takes in the pair whose furthest lead has just arrived, {@code ago} steps back. */
  private void learn(Experience[] all, int variable, int ago) {
    Experience experience = all[variable];
    stopwatch.turnTo(Faculty.FEATURES);
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
    features.fill(all, variable, since, phi);
    stopwatch.turnTo(Faculty.SQUARES);
    experience.squares.learn(phi, targets, fading);
    if (neighbours.length > 0) {
      stopwatch.turnTo(Faculty.TOGETHER);
      experience.together.learn(phi, targets, fadingTogether);
    }
  }

  /** Under another season the past means something else: what is still known of it is gone through again. */
  private void relearn(Experience[] all, int variable, int period) {
    Experience experience = all[variable];
    Trace trace = experience.trace;
    experience.profile.begin(period);
    fit(experience);
    experience.begin(features, leads.length);
    for (int ago = trace.known() - 1; ago >= 0; ago--) {
      stopwatch.turnTo(Faculty.PROFILE);
      long step = trace.steps() - 1 - ago;
      double value = trace.value(ago);
      double level = experience.profile.expected(step);
      trace.amend(ago, deviation(value, level));
      if (!Double.isNaN(value)) {
        experience.profile.learn(step, value);
      }
      if (trace.known() - ago > 3 * period) {
        learn(all, variable, ago);
      }
    }
    experience.squares.solveIfLearnt(factors, scale);
    experience.together.solveIfLearnt(factors, scale);
  }

  /** Makes the features those of this experience's season. */
  private void fit(Experience experience) {
    stopwatch.turnTo(Faculty.FEATURES);
    int period = experience.period();
    if (seasons[period] == null) {
      seasons[period] = new Features(plan, period);
    }
    features = seasons[period];
  }
}
