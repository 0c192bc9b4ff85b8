package io.sluice.forecast;

import io.sluice.weights.Horizon;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How wide the intervals of a series must be to hold what they promise, learnt from whether they did.
 *
 * <p>For each variable, lead and side a reach is tracked, α being the share of readings that may lie beyond: an error beyond
 * it moves it out by rate·(1 − α) typical errors, one within in by rate·α, so it settles where the share beyond is α. Twice:
 * once by itself, in the variable's units, and once as what the network's own width is to be multiplied by. How much either
 * counts follows from the pinball loss that both have had, so that neither makes an interval much worse than the other.
 *
 * <p>Errors of long leads come late and in rows, and would drive any faster rule to and fro; what is still owed, misses
 * beyond those promised, works at once: the reach times exp(owed / (5 + lead / 2)), e of it at most and 1 / e at least. Of
 * the first {@code OPENING} errors, when little is known of the series yet, what is owed is forgiven as they pass: to pay
 * it back would take all that comes after. A row is a variable and a lead, lead by lead.
 *
 * <pre>
 *   by itself: (reach below f32 │ above f32) × variables × leads     in layout 1 the logarithm of its strides
 *   network:  the same                                               in layout 1 its logarithm
 *   typical error f32 × variables × leads                            since layout 2
 *   (misses below i32 │ misses above i32 │ scored i32) × variables × leads
 *   (owed below f32 │ above f32) × variables × leads                 since layout 3
 *   (loss by itself f32 │ of the network f32) × variables × leads    since layout 3
 *   share of monstrous errors f32 × variables × leads                 since layout 3
 * </pre>
 */
final class Calibration {
  private static final double SLOWEST = 0.1;

  /** Errors beyond which the typical one forgets. */
  private static final int SPAN = 500;

  /** Errors beyond which losses forget. */
  private static final double LOSSES = 1000;

  /** Strides that are reached at first: they hold what Gauss's law has within the middle nine tenths. */
  private static final double FIRST = 1.64;

  /** Errors until which fewer and fewer of those strides are reached at least. */
  private static final double EARLY = 32;

  /** By how much further is reached before the first error; after one row of them half of that, after nine a tenth. */
  private static final double FEW = 2;

  /** Errors of its own by which a series trusts them about as much as what the network has learnt from all series. */
  private static final double WARM = 100;

  /** Errors over which what is owed is forgiven, and how fast: of what was owed halfway a sixteenth is left. */
  private static final int OPENING = 500;

  private static final double FORGIVING = 4;

  /** Of one reach, if errors thin out as Gauss's or Laplace's law has them. */
  private static final double TYPICAL = 0.45;

  /** Typical errors that are reached at least: an interval of no width would miss what differs by a rounding. */
  private static final double LEAST = 1e-3;

  /** The furthest that a reach of floats goes. */
  private static final double LARGEST = 1e37;

  /** An error beyond so many typical ones or strides is monstrous: after a broken reading the next count as before. */
  private static final double MONSTROUS = 10;

  /** Share of such errors by which they are what the series does. */
  private static final double OFTEN = 0.03;

  private static final double PATIENCE = 5;
  private static final double MOST_OWED = 1;

  private final int[] ahead;
  private final float[] itself;
  private final float[] network;
  private final float[] typical;
  private final int[] counts;
  private final float[] owed;
  private final float[] losses;
  private final float[] often;

  /**
   * A reading.
   *
   * @param bounds of the forecast made for it, as {@code Outstanding} has them
   * @param stride of the series within the lead
   */
  record Came(double value, double[] bounds, double stride) {}

  Calibration(Shape shape) {
    ahead = shape.leads();
    int rows = shape.variables() * ahead.length;
    itself = new float[2 * rows];
    network = new float[2 * rows];
    typical = new float[rows];
    counts = new int[3 * rows];
    owed = new float[2 * rows];
    losses = new float[2 * rows];
    often = new float[rows];
    Arrays.fill(network, 1);
  }

  /**
   * How far a side of the interval reaches by itself, before what is owed; side 0 is below the middle, 1 above.
   *
   * @param stride of the series within the lead
   */
  double reach(int row, int side, double stride) {
    double early = FIRST * (1 - counts[3 * row + 2] / EARLY);
    return few(row) * Math.max(early * stride, itself[2 * row + side]);
  }

  /** How much further is reached while there are few errors: as few as the rows, each as long as the lead, that they make. */
  private double few(int row) {
    double lead = ahead[row % ahead.length];
    return 1 + FEW * lead / (counts[3 * row + 2] + lead);
  }

  /** The factor by which the network's own side is widened, before what is owed. */
  double widening(int row, int side) {
    return network[2 * row + side];
  }

  /**
   * How much of the interval is the network's where it speaks, 0 to 1. While neither has proved better, the more the fewer
   * errors of its own the series has: a new one goes by what was learnt from others.
   */
  double share(int row) {
    double byItself = losses[2 * row];
    double byNetwork = losses[2 * row + 1];
    if (byItself == 0 && byNetwork > 0) {
      return 0;
    }
    double ratio = byItself == 0 ? 1 / doubt(row) : byNetwork / byItself;
    double fourth = ratio * ratio * ratio * ratio;
    return 1 / (1 + fourth * fourth);
  }

  /** The factor by which a side is widened for what is owed. */
  double owed(int row, int side) {
    double share = owed[2 * row + side] / (PATIENCE + ahead[row % ahead.length] / 2.0);
    return StrictMath.exp(Math.max(-MOST_OWED, Math.min(MOST_OWED, share)));
  }

  /** Learns from one reading. */
  void score(int row, Came came, Horizon horizon) {
    double[] bounds = came.bounds;
    int scored = ++counts[3 * row + 2];
    double error = cut(row, came.value - bounds[Outstanding.MEDIAN], came.stride);
    typical[row] += (float) ((Math.abs(error) - typical[row]) / Math.min(scored, SPAN));
    for (int side = 0; side < 2; side++) {
      int index = 2 * row + side;
      double beyond = side == 0 ? horizon.lowest() : 1 - horizon.highest();
      boolean missed =
          side == 0
              ? came.value < bounds[Outstanding.LOWER]
              : came.value > bounds[Outstanding.UPPER];
      learn(row, side == 0 ? -error : error, bounds[Outstanding.NETWORK + side], index, beyond);
      double left = scored < OPENING ? Math.max(0, 1 - FORGIVING / scored) : 1;
      owed[index] = (float) (left * (owed[index] + (missed ? 1 : 0) - beyond));
      counts[3 * row + side] += missed ? 1 : 0;
    }
  }

  /** What counts of an error: of a monstrous one little, unless such come often. */
  private double cut(int row, double error, double stride) {
    double most = MONSTROUS * Math.max(stride, typical[row]);
    boolean far = Math.abs(error) > most;
    double kept = far && often[row] < OFTEN ? most : LARGEST;
    int span = Math.min(counts[3 * row + 2], SPAN);
    often[row] += ((far ? 1 : 0) - often[row]) / span;
    kept = Math.min(LARGEST, kept);
    return Math.max(-kept, Math.min(kept, error));
  }

  /**
   * Moves both reaches of a side by an error outwards. One that comes late is held against the reach of now: what has been
   * learnt since is not learnt again.
   *
   * @param width of the network's own side, NaN where it had nothing to say
   */
  private void learn(int row, double outwards, double width, int index, double beyond) {
    double rate = Math.max(SLOWEST, 1 / Math.sqrt(counts[3 * row + 2]));
    if (!Double.isNaN(width)) {
      double reach = network[index] * width;
      compare(row, pinball(outwards - itself[index], beyond), pinball(outwards - reach, beyond));
      move(network, index, rate * ((outwards > reach ? 1 : 0) - beyond), TYPICAL);
    }
    double way = rate * ((outwards > itself[index] ? 1 : 0) - beyond);
    move(itself, index, way, typical[row]);
  }

  private static double pinball(double past, double beyond) {
    return past > 0 ? (1 - beyond) * past : -beyond * past;
  }

  /** Both begin alike but for the doubt in what few errors tell. */
  private void compare(int row, double byItself, double byNetwork) {
    if (losses[2 * row] == 0 && losses[2 * row + 1] == 0) {
      double alike = (byItself + byNetwork) / 2;
      losses[2 * row] = (float) Math.min(LARGEST, alike * doubt(row));
      losses[2 * row + 1] = (float) alike;
    }
    losses[2 * row] += (float) ((byItself - losses[2 * row]) / LOSSES);
    losses[2 * row + 1] += (float) ((byNetwork - losses[2 * row + 1]) / LOSSES);
  }

  private double doubt(int row) {
    return 1 + WARM / (1 + counts[3 * row + 2]);
  }

  private static void move(float[] reach, int index, double way, double usual) {
    double unit = Math.max(usual, TYPICAL * reach[index]);
    double least = LEAST * unit;
    reach[index] = (float) Math.max(least, Math.min(LARGEST, reach[index] + way * unit));
  }

  /** Share of readings inside so far, NaN before the first. */
  double coverage(int row) {
    int missed = counts[3 * row] + counts[3 * row + 1];
    return 1 - (double) missed / counts[3 * row + 2];
  }

  void write(DataOutput out) throws IOException {
    Numbers.write(out, itself);
    Numbers.write(out, network);
    Numbers.write(out, typical);
    Numbers.write(out, counts);
    Numbers.write(out, owed);
    Numbers.write(out, losses);
    Numbers.write(out, often);
  }

  void read(DataInput in, int version, Memory memory) throws IOException {
    Numbers.read(in, itself);
    Numbers.read(in, network);
    if (version > 1) {
      Numbers.read(in, typical);
    }
    Numbers.read(in, counts);
    if (version == 1) {
      translate(memory);
    }
    if (version > 2) {
      Numbers.read(in, owed);
      Numbers.read(in, losses);
      Numbers.read(in, often);
    }
  }

  /** From layout 1, which tells reaches in the strides of the memory that they are part of. */
  private void translate(Memory memory) {
    for (int index = 0; index < itself.length; index++) {
      int row = index / 2;
      double stride = memory.unit(row / ahead.length, row % ahead.length);
      itself[index] = (float) (StrictMath.exp(itself[index]) * stride);
      network[index] = (float) StrictMath.exp(network[index]);
      typical[row] += (float) (TYPICAL / 2 * itself[index]);
    }
  }
}
