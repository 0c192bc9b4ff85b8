package io.sluice.forecast;

import io.sluice.anomaly.Bell;
import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Notice;
import io.sluice.anomaly.Occasion;
import io.sluice.anomaly.Surprise;
import io.sluice.anomaly.Suspicion;
import io.sluice.anomaly.Verdict;
import io.sluice.anomaly.Vigil;
import io.sluice.weights.Horizon;
import java.time.Duration;
import java.util.Arrays;

/**
 * Compares a reading with the forecasts made for it: calibrates their intervals and says how surprising it is given the
 * one of the shortest lead.
 *
 * <p>Surprise is the share of readings that would lie nearer to the median, if they thin out exponentially from there: 0 at
 * the median, the promised share at the bound, and so on. With a history it is told by each variable's {@code Wariness}.
 */
final class Judge {
  private static final double SEEN = 0.4;
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** Readings after a gap within which forecasts find their way again. */
  private static final int REWARMED = 8;

  private final ForecastPlan plan;
  private final Horizon horizon;
  private final double thinning;

  /** Of chance, that a distance is worth. */
  private final double decades;

  private final boolean wary;
  private final Surprise surprise;
  private final Suspicion suspicion;
  private final Bell bell;
  private final double[] bounds = new double[Outstanding.BOUNDS];
  private final double[] ways;
  private final double[] shares;

  Judge(ForecastPlan plan) {
    this.plan = plan;
    horizon = plan.horizon();
    wary = plan.history() > 0 && plan.past() > 0;
    surprise = new Surprise(plan.past());
    suspicion = new Suspicion(plan.variables().size(), plan.alerts().confirm());
    bell = new Bell(plan.alerts(), plan.timing().zones()::of);
    ways = new double[plan.variables().size()];
    shares = new double[ways.length];
    thinning = StrictMath.log(1 - horizon.promised());
    decades = -StrictMath.log10(1 - horizon.promised());
  }

  /** Scores every forecast that waited for this reading; none that started from a value stood in for. */
  void score(Memory memory, Reading reading) {
    for (int variable = 0; variable < reading.values().length; variable++) {
      double value = reading.values()[variable];
      for (int lead = 0; lead < horizon.leads().size(); lead++) {
        if (Intake.present(value) && calibrates(memory, variable, lead)) {
          int row = variable * horizon.leads().size() + lead;
          Calibration.Came came = new Calibration.Came(value, bounds, memory.unit(variable, lead));
          memory.calibration().score(row, came, horizon);
        }
      }
    }
  }

  private boolean calibrates(Memory memory, int variable, int lead) {
    return memory.outstanding().due(variable, lead, memory.recent(), bounds)
        && memory.recent().real(variable, horizon.leads().get(lead) - 1);
  }

  /** Of a reading, before it is stepped. */
  Verdict verdict(Memory memory, Reading reading) {
    double[] actual = reading.values();
    double[] lower = new double[actual.length];
    double[] expected = new double[actual.length];
    double[] upper = new double[actual.length];
    double[] distances = new double[actual.length];
    suspicion.clear();
    for (int variable = 0; variable < actual.length; variable++) {
      if (!memory.outstanding().due(variable, 0, memory.recent(), bounds)) {
        Arrays.fill(bounds, Double.NaN);
      }
      lower[variable] = bounds[0];
      expected[variable] = bounds[1];
      upper[variable] = bounds[2];
      distances[variable] = distance(memory, variable, actual[variable]);
    }
    double together = together(memory);
    double surprise = surprise(distances, together);
    Notice notice = notice(memory, reading, expected, Math.max(surprise, improbable()));
    share(distances, together);
    return new Verdict(
        reading.series(),
        reading.time(),
        suspicion.kind(),
        surprise,
        actual,
        expected,
        lower,
        upper,
        distances,
        notice.alert(),
        notice.reason(),
        notice.episode());
  }

  /** How far it lies aside, by itself; what else it is suspected of is noted. */
  private double distance(Memory memory, int variable, double value) {
    suspicion.of(variable);
    ways[variable] = 0;
    if (Double.isNaN(value)) {
      return 0;
    }
    if (!Intake.present(value) || !plan.alerts().limits(variable).hold(value)) {
      suspicion.certain(Kind.OUT_OF_RANGE);
      return 0;
    }
    ways[variable] =
        memory.watch(variable).weigh(value, bounds[1], change(memory, variable), suspicion);
    if (!wary) {
      return distance(value);
    }
    int period = memory.experience(variable).period();
    double evidence = surprise.evidence(memory.wariness(variable), value, period);
    memory.watch(variable).weighOther(evidence, value < bounds[1] ? -1 : 1, suspicion);
    return evidence;
  }

  /** The evidence that the errors do not go together as usual; 0 for a single variable. */
  private double together(Memory memory) {
    return memory.joint().isPresent() ? memory.joint().get().weigh(ways, shares, suspicion) : 0;
  }

  /** Since the step before, as it was forecast. */
  private double change(Memory memory, int variable) {
    boolean known = horizon.leads().get(0) == 1 && !Double.isNaN(bounds[1]);
    return known ? bounds[1] - memory.recent().value(variable, 0) : 0;
  }

  private Notice notice(Memory memory, Reading reading, double[] expected, double surprise) {
    Vigil vigil = memory.vigil();
    if (!bell.cares(vigil, suspicion)) {
      return Notice.NONE;
    }
    Pace pace = memory.pace();
    int variable = suspicion.variable();
    // after a gap no more is unknown than what comes next
    int known = pace.seen() < REWARMED ? pace.seen() : memory.watch(variable).known();
    return bell.ring(
        vigil,
        suspicion,
        new Occasion(reading.series(), reading.time(), surprise, known, pace.typical()),
        reading.values()[variable],
        expected[variable]);
  }

  /** The reading without what no sensor can have measured. */
  Reading sound(Reading reading) {
    double[] values = reading.values();
    for (int variable = 0; variable < values.length; variable++) {
      if (!plan.alerts().limits(variable).hold(values[variable])) {
        values = values == reading.values() ? values.clone() : values;
        values[variable] = Double.NaN;
      }
    }
    return values == reading.values()
        ? reading
        : new Reading(
            reading.series(), reading.time(), reading.arrived(), values, reading.covariates());
  }

  /** What the last reading was suspected of. */
  Suspicion suspicion() {
    return suspicion;
  }

  /** Evidence from which a reading of the series alerts at that time. */
  double threshold(Memory memory, long time) {
    return bell.bar(memory.vigil(), time, memory.pace().typical());
  }

  /**
   * Of a reading whose clock is wrong: its episode goes by the log's, and by wrong readings alone. Right ones may wait for
   * their turn, so how many lie between is no measure.
   */
  Verdict skewed(Memory memory, Reading reading) {
    memory.clock().endBefore(reading.arrived() - DAY);
    suspicion.clear();
    suspicion.certain(Kind.SKEW);
    Occasion occasion = new Occasion(reading.series(), reading.arrived(), 1, 0, 0);
    Notice notice = bell.ring(memory.clock(), suspicion, occasion, Double.NaN, Double.NaN);
    return bare(reading.series(), reading.time(), Kind.SKEW, reading.values(), notice);
  }

  /** Of a series that has not been heard for long. */
  Verdict silent(String series, long time) {
    double[] nothing = new double[ways.length];
    Arrays.fill(nothing, Double.NaN);
    return bare(series, time, Kind.SILENT, nothing, bell.ring(series, time));
  }

  /** A verdict that no forecast stands behind. */
  private static Verdict bare(String series, long time, Kind kind, double[] actual, Notice notice) {
    double[] unknown = new double[actual.length];
    Arrays.fill(unknown, Double.NaN);
    return new Verdict(
        series,
        time,
        kind,
        1,
        actual,
        unknown,
        unknown,
        unknown,
        new double[actual.length],
        notice.alert(),
        notice.reason(),
        notice.episode());
  }

  /** How often the way from the median to the bound goes into the way to the value; 0 where nothing was expected. */
  private double distance(double value) {
    double way = Math.abs(value - bounds[1]);
    double reach = value < bounds[1] ? bounds[1] - bounds[0] : bounds[2] - bounds[1];
    if (!(way > 0)) {
      return 0;
    }
    return Math.min(way / reach, 1e6);
  }

  /**
   * Of the variable furthest aside. With a history it is that evidence, or this reading's share of what a run of them is
   * called by; what the forecast alone finds improbable, and the past has seen, comes no further than {@code SEEN}. Without
   * one it is no less than what the reading is called by.
   */
  private double surprise(double[] distances, double together) {
    double furthest = 0;
    for (double distance : distances) {
      furthest = Math.max(furthest, distance);
    }
    if (suspicion.kind() == Kind.OUT_OF_RANGE) {
      return 1;
    }
    double evidence = wary ? Math.max(furthest, together) : furthest * decades;
    suspicion.wonder(evidence);
    if (wary) {
      double unexpected = SEEN * Surprise.of(suspicion.evidence());
      return Math.max(unexpected, Surprise.of(Math.max(evidence, suspicion.share())));
    }
    double alone = 1 - StrictMath.exp(thinning * furthest);
    return suspicion.kind() == Kind.NORMAL
        ? alone
        : Math.max(alone, 1 - StrictMath.pow(10, -suspicion.evidence()));
  }

  /** How improbable all is that the reading is called by, a run as a whole. */
  private double improbable() {
    return suspicion.kind() == Kind.NORMAL ? 0 : Surprise.of(suspicion.evidence());
  }

  /** Shares of the surprise; all of it is the suspect's where none lies aside. */
  private void share(double[] distances, double together) {
    if (together > 0 && together == suspicion.evidence()) {
      System.arraycopy(shares, 0, distances, 0, shares.length);
      return;
    }
    double sum = 0;
    for (double distance : distances) {
      sum += distance;
    }
    if (sum == 0 && suspicion.kind() != Kind.NORMAL) {
      distances[suspicion.variable()] = 1;
      return;
    }
    for (int variable = 0; variable < distances.length && sum > 0; variable++) {
      distances[variable] /= sum;
    }
  }
}
