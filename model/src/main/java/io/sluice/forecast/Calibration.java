package io.sluice.forecast;

import io.sluice.weights.Horizon;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How wide the intervals of a series must be to hold what they promise, learnt from whether they did.
 *
 * <p>Adaptive conformal in multiplicative form: for each variable, lead and side, a miss widens that side by
 * exp(rate·(1 − α)) and a hit narrows it by exp(−rate·α), α being the share of readings that may lie beyond. Whatever the
 * series does, the share of misses settles at α on each side that readings come to lie on. The baseline and the network are
 * calibrated apart, each by its own forecasts. A row is a variable and a lead, lead by lead.
 *
 * <pre>
 *   baseline: (log width below f32 │ above f32) × variables × leads
 *   network:  the same
 *   (misses below i32 │ misses above i32 │ scored i32) × variables × leads
 * </pre>
 */
final class Calibration {
  private static final double SLOW = 0.05;
  private static final double FAST = 0.5;
  private static final double EASE = 2;
  private static final float WIDEST = 12;

  private final float[] baseline;
  private final float[] network;
  private final int[] counts;

  Calibration(Shape shape) {
    int pairs = shape.variables() * shape.leads().length * 2;
    baseline = new float[pairs];
    network = new float[pairs];
    counts = new int[pairs / 2 * 3];
  }

  /** The factor by which the side below the median is widened. */
  double below(int row, boolean byNetwork) {
    return StrictMath.exp(widths(byNetwork)[2 * row]);
  }

  /** The factor by which the side above the median is widened. */
  double above(int row, boolean byNetwork) {
    return StrictMath.exp(widths(byNetwork)[2 * row + 1]);
  }

  /** Learns that a reading lay below (−1), inside (0) or above (1) the interval that was promised for it. */
  void score(int row, int side, boolean byNetwork, Horizon horizon) {
    float[] widths = widths(byNetwork);
    int scored = counts[3 * row + 2];
    double rate = Math.max(SLOW, FAST / Math.sqrt(1.0 + scored));
    int lead = horizon.leads().get(row % horizon.leads().size());
    for (int above = 0; above < 2; above++) {
      double beyond = above == 0 ? horizon.lowest() : 1 - horizon.highest();
      boolean missed = above == 0 ? side < 0 : side > 0;
      double excess = counts[3 * row + above] - beyond * scored;
      double move = (missed ? 1 : 0) - beyond;
      double haste = move * excess > 0 ? 1 + Math.abs(excess) / (EASE + lead) : 1;
      double moved = widths[2 * row + above] + rate * haste * move;
      widths[2 * row + above] = (float) Math.max(-WIDEST, Math.min(WIDEST, moved));
      counts[3 * row + above] += missed ? 1 : 0;
    }
    counts[3 * row + 2]++;
  }

  /** Share of readings inside so far, NaN before the first. */
  double coverage(int row) {
    int missed = counts[3 * row] + counts[3 * row + 1];
    return 1 - (double) missed / counts[3 * row + 2];
  }

  private float[] widths(boolean byNetwork) {
    return byNetwork ? network : baseline;
  }

  void write(DataOutput out) throws IOException {
    Numbers.write(out, baseline);
    Numbers.write(out, network);
    Numbers.write(out, counts);
  }

  void read(DataInput in) throws IOException {
    Numbers.read(in, baseline);
    Numbers.read(in, network);
    Numbers.read(in, counts);
  }
}
