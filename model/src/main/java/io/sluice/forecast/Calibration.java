package io.sluice.forecast;

import io.sluice.weights.Horizon;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How wide the intervals of a series must be to hold what they promise, learnt from whether they did.
 *
 * <p>For each variable, lead and side a reach is tracked, α being the share of readings that may lie beyond: a miss moves it
 * out by rate·(1 − α) typical errors, a hit in by rate·α, so it settles where the share beyond is α. Errors of long leads
 * come late and in rows, and would drive any faster rule to and fro; what is still owed, misses beyond those promised, works
 * at once and is gone as soon as it is paid: the reach times exp(owed / (5 + lead)). The baseline and the network are
 * calibrated apart, each by its own forecasts: the baseline's reach is in the variable's units, the network's in its own. A
 * row is a variable and a lead, lead by lead.
 *
 * <pre>
 *   baseline: (reach below f32 │ above f32) × variables × leads      in layout 1 the logarithm of its strides
 *   network:  the same                                               in layout 1 its logarithm
 *   typical error of the baseline f32 × variables × leads            since layout 2
 *   (misses below i32 │ misses above i32 │ scored i32) × variables × leads
 * </pre>
 */
final class Calibration {
  private static final double SLOWEST = 0.1;

  /** Errors beyond which the typical one forgets. */
  private static final int SPAN = 500;

  /** Errors until which the baseline reaches a stride at least. */
  private static final int OPENING = 5;

  /** Of one reach, if errors thin out as Gauss's or Laplace's law has them. */
  private static final double TYPICAL = 0.45;

  /** Typical errors that are reached at least: an interval of no width would miss what differs by a rounding. */
  private static final double LEAST = 1e-3;

  /** The furthest that a reach of floats goes. */
  private static final double LARGEST = 1e37;

  private static final double PATIENCE = 5;
  private static final double MOST_OWED = 3;

  private final int[] ahead;
  private final float[] baseline;
  private final float[] network;
  private final float[] typical;
  private final int[] counts;

  /** What became of an interval: whether a reading lay below (−1), inside (0) or above (1) it, and how far off its median. */
  record Miss(int side, double error, boolean byNetwork) {}

  Calibration(Shape shape) {
    ahead = shape.leads();
    int rows = shape.variables() * ahead.length;
    baseline = new float[2 * rows];
    network = new float[2 * rows];
    typical = new float[rows];
    counts = new int[3 * rows];
    Arrays.fill(network, 1);
  }

  /**
   * The factor by which the side below the median is widened.
   *
   * @param stride how far the baseline reaches by itself
   */
  double below(int row, boolean byNetwork, double stride, Horizon horizon) {
    double owed = owed(row, 0, horizon.lowest());
    return reach(2 * row, byNetwork, stride) * owed;
  }

  /** The factor by which the side above the median is widened. */
  double above(int row, boolean byNetwork, double stride, Horizon horizon) {
    double owed = owed(row, 1, 1 - horizon.highest());
    return reach(2 * row + 1, byNetwork, stride) * owed;
  }

  private double reach(int index, boolean byNetwork, double stride) {
    if (byNetwork) {
      return network[index];
    }
    double strides = baseline[index] / stride;
    return counts[3 * (index / 2) + 2] < OPENING ? Math.max(1, strides) : strides;
  }

  private double owed(int row, int side, double beyond) {
    double misses = counts[3 * row + side] - beyond * counts[3 * row + 2];
    double owed = misses / (PATIENCE + ahead[row % ahead.length]);
    return StrictMath.exp(Math.max(-MOST_OWED, Math.min(MOST_OWED, owed)));
  }

  /** Learns from one reading. */
  void score(int row, Miss miss, Horizon horizon) {
    int scored = ++counts[3 * row + 2];
    if (!miss.byNetwork) {
      double size = Math.min(Math.abs(miss.error), LARGEST);
      typical[row] += (float) ((size - typical[row]) / Math.min(scored, SPAN));
    }
    double rate = Math.max(SLOWEST, 1 / Math.sqrt(scored));
    for (int side = 0; side < 2; side++) {
      int sign = 2 * side - 1;
      int index = 2 * row + side;
      double beyond = side == 0 ? horizon.lowest() : 1 - horizon.highest();
      boolean missed = miss.side == sign;
      // an error that comes late is held against the reach of now: what has been learnt since is
      // not learnt again
      boolean far = miss.byNetwork ? missed : sign * miss.error > baseline[index];
      move(index, rate * ((far ? 1 : 0) - beyond), miss.byNetwork);
      counts[3 * row + side] += missed ? 1 : 0;
    }
  }

  private void move(int index, double way, boolean byNetwork) {
    float[] reach = byNetwork ? network : baseline;
    double unit = Math.max(byNetwork ? TYPICAL : typical[index / 2], TYPICAL * reach[index]);
    double least = LEAST * unit;
    reach[index] = (float) Math.max(least, Math.min(LARGEST, reach[index] + way * unit));
  }

  /** Share of readings inside so far, NaN before the first. */
  double coverage(int row) {
    int missed = counts[3 * row] + counts[3 * row + 1];
    return 1 - (double) missed / counts[3 * row + 2];
  }

  void write(DataOutput out) throws IOException {
    Numbers.write(out, baseline);
    Numbers.write(out, network);
    Numbers.write(out, typical);
    Numbers.write(out, counts);
  }

  void read(DataInput in) throws IOException {
    Numbers.read(in, baseline);
    Numbers.read(in, network);
    Numbers.read(in, typical);
    Numbers.read(in, counts);
  }

  /** As layout 1 has it, told in the strides of the memory that it is part of. */
  void readFirst(DataInput in, Memory memory) throws IOException {
    Numbers.read(in, baseline);
    Numbers.read(in, network);
    Numbers.read(in, counts);
    for (int index = 0; index < baseline.length; index++) {
      int row = index / 2;
      double stride = memory.unit(row / ahead.length, row % ahead.length);
      baseline[index] = (float) (StrictMath.exp(baseline[index]) * stride);
      network[index] = (float) StrictMath.exp(network[index]);
      typical[row] += (float) (TYPICAL / 2 * baseline[index]);
    }
  }
}
