package io.sluice.forecast;

import io.sluice.anomaly.Episode;
import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Surprise;
import io.sluice.anomaly.Verdict;
import io.sluice.weights.Horizon;
import java.util.Arrays;

/**
 * Compares a reading with the forecasts made for it: calibrates their intervals and says how surprising it is given the
 * one of the shortest lead.
 *
 * <p>Surprise is the share of readings that would lie nearer to the median, if they thin out exponentially from there: 0 at
 * the median, the promised share at the bound, and so on. With a history it is told by each variable's {@code Wariness}.
 */
final class Judge {
  /** Evidence, one in a thousand, from which a reading is called by its kind. */
  private static final double ALARMING = 3;

  private final ForecastPlan plan;
  private final Horizon horizon;
  private final double thinning;
  private final boolean wary;
  private final Surprise surprise = new Surprise();
  private final double[] bounds = new double[3];

  Judge(ForecastPlan plan) {
    this.plan = plan;
    horizon = plan.horizon();
    wary = plan.history() > 0;
    thinning = StrictMath.log(1 - horizon.promised());
  }

  /** Scores every forecast that waited for this reading; none that started from a value stood in for. */
  void score(Memory memory, Reading reading) {
    boolean byNetwork = memory.outstanding().byNetwork();
    for (int variable = 0; variable < reading.values().length; variable++) {
      double value = reading.values()[variable];
      for (int lead = 0; lead < horizon.leads().size(); lead++) {
        if (Intake.present(value) && calibrates(memory, variable, lead)) {
          int side = value < bounds[0] ? -1 : value > bounds[2] ? 1 : 0;
          int row = variable * horizon.leads().size() + lead;
          memory.calibration().score(row, side, byNetwork, horizon);
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
    for (int variable = 0; variable < actual.length; variable++) {
      if (!memory.outstanding().due(variable, 0, memory.recent(), bounds)) {
        Arrays.fill(bounds, Double.NaN);
      }
      lower[variable] = bounds[0];
      expected[variable] = bounds[1];
      upper[variable] = bounds[2];
      distances[variable] =
          wary ? evidence(memory, variable, actual[variable]) : distance(actual[variable]);
    }
    int worst = worst(distances);
    Kind kind = kind(actual, worst, lower[worst], upper[worst]);
    if (wary && kind != Kind.OUT_OF_RANGE) {
      kind = distances[worst] < ALARMING ? Kind.NORMAL : aside(actual[worst], expected[worst]);
    }
    double surprise = kind == Kind.OUT_OF_RANGE ? 1 : surprise(distances[worst]);
    String reason = reason(memory, kind);
    boolean alert = kind != Kind.NORMAL && reason.isEmpty();
    share(distances);
    return new Verdict(
        reading.series(),
        reading.time(),
        kind,
        surprise,
        actual,
        expected,
        lower,
        upper,
        distances,
        alert,
        reason,
        Episode.NONE);
  }

  /** A verdict that no forecast stands behind. */
  Verdict bare(String series, long time, Kind kind, double[] actual) {
    double[] unknown = new double[actual.length];
    Arrays.fill(unknown, Double.NaN);
    double[] none = new double[actual.length];
    return new Verdict(
        series, time, kind, 1, actual, unknown, unknown, unknown, none, true, "", Episode.NONE);
  }

  /** How often the way from the median to the bound goes into the way to the value; 0 where nothing was expected. */
  private double distance(double value) {
    double way = Math.abs(value - bounds[1]);
    double reach = value < bounds[1] ? bounds[1] - bounds[0] : bounds[2] - bounds[1];
    if (!(way > 0) || !Intake.present(value)) {
      return 0;
    }
    return Math.min(way / reach, 1e6);
  }

  /** Against what the variable itself has done, as −log10 of a chance; 0 where the value is missing. */
  private double evidence(Memory memory, int variable, double value) {
    if (!Intake.present(value)) {
      return 0;
    }
    int period = memory.experience(variable).period();
    return surprise.evidence(memory.wariness(variable), value, bounds[1], period);
  }

  private static Kind aside(double value, double expected) {
    return value < expected ? Kind.DIP : Kind.SPIKE;
  }

  private double surprise(double distance) {
    if (wary) {
      return Surprise.of(distance);
    }
    return 1 - StrictMath.exp(thinning * distance);
  }

  private static int worst(double[] distances) {
    int worst = 0;
    for (int variable = 1; variable < distances.length; variable++) {
      worst = distances[variable] > distances[worst] ? variable : worst;
    }
    return worst;
  }

  private static Kind kind(double[] values, int worst, double lower, double upper) {
    for (double value : values) {
      if (!Double.isNaN(value) && !Intake.present(value)) {
        return Kind.OUT_OF_RANGE;
      }
    }
    return values[worst] > upper ? Kind.SPIKE : values[worst] < lower ? Kind.DIP : Kind.NORMAL;
  }

  private static void share(double[] distances) {
    double sum = 0;
    for (double distance : distances) {
      sum += distance;
    }
    for (int variable = 0; variable < distances.length && sum > 0; variable++) {
      distances[variable] /= sum;
    }
  }

  private String reason(Memory memory, Kind kind) {
    boolean warming = memory.pace().seen() < plan.warmup();
    return warming && (kind == Kind.SPIKE || kind == Kind.DIP) ? "warming" : "";
  }
}
