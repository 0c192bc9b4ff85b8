package io.sluice.forecast;

import io.sluice.online.Ensemble;
import io.sluice.online.Faculty;
import io.sluice.online.Stopwatch;
import java.util.Optional;

/**
 * Makes the forecast of a memory that has just taken a reading in. Its middle is what the ensemble expects, the network
 * being one of its voices; how far the quantiles lie from there, past errors and the network say, each as much as it has
 * proved right. In the variables' own units, and noted to be scored. Of a variable that has had no value yet nothing is known: its
 * quantiles are NaN.
 */
final class Outlook {
  private static final double[] NOTHING = {};

  private final ForecastPlan plan;
  private final Stopwatch stopwatch;
  private final Baseline baseline;
  private final Encoder encoder;
  private final Optional<Ensemble> ensemble;
  private final int leads;
  private final int levels;
  private final int median;
  private final double[] strides;
  private final double[] distances;
  private final double[] asides;
  private final double[] widths;
  private final double[] values;
  private final double[] told;
  private final double[] expected;

  /** By how much the middle of each row is moved, in the variable's units: told in strides it might drown their width. */
  private final double[] moved;

  private final double[] bounds = new double[Outstanding.BOUNDS];

  Outlook(ForecastPlan plan, Stopwatch stopwatch) {
    this.plan = plan;
    this.stopwatch = stopwatch;
    baseline = new Baseline(plan);
    encoder = new Encoder(plan);
    ensemble =
        plan.history() == 0
            ? Optional.empty()
            : Optional.of(new Ensemble(Shape.of(plan).ensemble(), stopwatch));
    leads = plan.horizon().leads().size();
    levels = plan.horizon().quantiles().size();
    median = plan.horizon().median();
    distances = new double[levels];
    asides = new double[levels];
    widths = new double[levels];
    strides = new double[plan.variables().size() * leads * levels];
    values = new double[plan.variables().size()];
    told = new double[leads];
    expected = new double[leads];
    moved = new double[plan.variables().size() * leads];
  }

  Forecast forecast(String series, Memory memory, Model model) {
    Status status = answer(series, memory, model);
    stopwatch.turnTo(Faculty.REST);
    memory.outstanding().madeBy(status == Status.LIVE);
    double[] quantiles = new double[strides.length];
    double[] coverage = new double[quantiles.length / levels];
    if (ensemble.isPresent()) {
      mix(ensemble.get(), memory, status == Status.LIVE);
    }
    stopwatch.turnTo(Faculty.INTERVALS);
    for (int row = 0; row < coverage.length; row++) {
      coverage[row] = memory.calibration().coverage(row);
      calibrate(memory, row, quantiles);
    }
    stopwatch.turnTo(Faculty.REST);
    return new Forecast(
        series,
        memory.time(),
        status == Status.LIVE ? model.id() : ensemble.isPresent() ? "ensemble" : baseline.name(),
        status == Status.LIVE ? model.version() : 0,
        status,
        imputed(memory),
        times(memory),
        quantiles,
        coverage);
  }

  private Status answer(String series, Memory memory, Model model) {
    stopwatch.turnTo(model.answers() ? Faculty.NETWORK : Faculty.BASELINE);
    boolean answered = encoder.step(series, memory, model);
    if (answered && memory.pace().seen() >= plan.warmup()) {
      float[] answer = model.answer();
      for (int i = 0; i < strides.length; i++) {
        strides[i] = answer[i];
      }
      return Status.LIVE;
    }
    stopwatch.turnTo(Faculty.BASELINE);
    baseline.answer(memory, strides);
    return model.answers() ? Status.WARMING : Status.BASELINE;
  }

  /**
   * Moves the ensemble by the values that the memory took in, unless one only stands in, and moves the answer to what it
   * expects.
   */
  private void mix(Ensemble mixing, Memory memory, boolean live) {
    Recent recent = memory.recent();
    for (int variable = 0; variable < values.length; variable++) {
      values[variable] = recent.real(variable, 0) ? recent.value(variable, 0) : Double.NaN;
    }
    mixing.observe(memory.experiences(), values);
    for (int variable = 0; variable < values.length; variable++) {
      boolean heard = memory.normaliser().heard(variable);
      stopwatch.turnTo(live ? Faculty.NETWORK : Faculty.BASELINE);
      tellNetwork(memory, variable);
      mixing.expect(memory.experiences(), variable, live && heard ? told : NOTHING, expected);
      for (int lead = 0; lead < leads; lead++) {
        boolean known = !Double.isNaN(expected[lead]);
        moved[variable * leads + lead] = known ? expected[lead] - told[lead] : 0;
      }
    }
  }

  private void tellNetwork(Memory memory, int variable) {
    double last = memory.recent().value(variable, 0);
    int first = variable * leads * levels;
    for (int lead = 0; lead < leads; lead++) {
      told[lead] = last + memory.unit(variable, lead) * strides[first + lead * levels + median];
    }
  }

  private void calibrate(Memory memory, int row, double[] quantiles) {
    int variable = row / leads;
    int first = row * levels;
    double last = memory.recent().value(variable, 0);
    double unit = memory.unit(variable, row % leads);
    double middle = memory.normaliser().heard(variable) ? strides[first + median] : Double.NaN;
    for (int level = 0; level < levels; level++) {
      asides[level] = unit * (strides[first + level] - middle);
    }
    widen(memory, row, unit);
    for (int level = 0; level < levels; level++) {
      distances[level] = unit * middle + moved[row] + widths[level];
      quantiles[first + level] = last + distances[level];
    }
    bounds[Outstanding.LOWER] = distances[0];
    bounds[Outstanding.MEDIAN] = distances[median];
    bounds[Outstanding.UPPER] = distances[levels - 1];
    boolean live = memory.outstanding().byNetwork();
    bounds[Outstanding.NETWORK] = live ? -asides[0] : Double.NaN;
    bounds[Outstanding.NETWORK + 1] = live ? asides[levels - 1] : Double.NaN;
    memory.outstanding().put(variable, row % leads, memory.recent().steps(), bounds);
  }

  /**
   * From the network's distances of each level to those that count, in the variable's units. What is owed moves the bounds
   * that were promised, and other levels only where those have come within them.
   */
  private void widen(Memory memory, int row, double unit) {
    Calibration calibration = memory.calibration();
    double share = memory.outstanding().byNetwork() ? calibration.share(row) : 0;
    for (int level = 0; level < levels; level++) {
      int side = level < median ? 0 : 1;
      double itself = calibration.reach(row, side, unit) * baseline.shape(level);
      double network = calibration.widening(row, side) * asides[level];
      widths[level] = (1 - share) * itself + share * network;
    }
    widths[0] *= calibration.owed(row, 0);
    widths[levels - 1] *= calibration.owed(row, 1);
    for (int level = 1; level < levels - 1; level++) {
      widths[level] = Math.max(widths[0], Math.min(widths[levels - 1], widths[level]));
    }
  }

  /** Whether nothing of the step was really read. */
  private static boolean imputed(Memory memory) {
    for (int variable = 0; variable < memory.shape().variables(); variable++) {
      if (memory.recent().real(variable, 0)) {
        return false;
      }
    }
    return true;
  }

  private long[] times(Memory memory) {
    long interval = plan.timing().interval().toMillis();
    double pace = interval > 0 ? interval : memory.pace().typical();
    long[] at = new long[leads];
    for (int lead = 0; lead < leads; lead++) {
      at[lead] = memory.time() + Math.round(plan.horizon().leads().get(lead) * pace);
    }
    return at;
  }
}
