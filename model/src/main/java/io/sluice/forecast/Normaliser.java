package io.sluice.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Where each channel of a series lies and how far it spreads, learnt reading by reading.
 *
 * <p>A reading is judged by the statistics through the one before it. No single reading moves them far: beyond
 * {@code FAR} spreads it counts as being there, and a level is believed once it was seen {@code BELIEVED} times in a row,
 * from then on as if the series had begun with it. The first {@code OPENING} readings are summed up by their median and the
 * nearer ones' distance from it, so that a spike among them is outvoted.
 *
 * <pre>
 *   centre f64 × channels │ variance f64 × channels │ count i32 × channels │ streak i32 × channels
 * </pre>
 */
final class Normaliser {
  /** Readings summed up at once. */
  static final int OPENING = 16;

  /** Readings beyond which the statistics forget. */
  private static final int SPAN = 1000;

  /** A reading moves the statistics as if it lay at most so many spreads away. */
  private static final double FAR = 4;

  /** Spreads past which a reading is an outlier, believed only when it is not alone. */
  private static final double OUTLIER = 8;

  /** Outliers in a row, on one side, that make a new level. */
  private static final int BELIEVED = 8;

  /** Variances within this factor are alike. */
  private static final double ALIKE = 1e4;

  private static final double FLAT = 1e-10;
  private static final double FLATTEST = 1e-30;

  /** Spreads in the mean distance of a Gaussian's nearer three quarters. */
  private static final double NEAR_TO_SPREAD = 1.943;

  private final double[] centre;
  private final double[] variance;
  private final int[] count;
  private final int[] streak;
  private final double[] scratch = new double[OPENING];

  Normaliser(Shape shape) {
    int channels = shape.channels();
    centre = new double[channels];
    variance = new double[channels];
    count = new int[channels];
    streak = new int[channels];
  }

  /** Whether the channel ever had a value. */
  boolean heard(int channel) {
    return count[channel] > 0;
  }

  double centre(int channel) {
    return centre[channel];
  }

  /** Never zero: a flat series keeps a floor under its spread. */
  double scale(int channel) {
    double floor = Math.max(FLATTEST, FLAT * Math.abs(centre[channel]));
    return Math.max(Math.sqrt(variance[channel]), floor);
  }

  /** The value in spreads from the centre; 0 while nothing is known. */
  double spreads(int channel, double value) {
    return !heard(channel) ? 0 : (value - centre[channel]) / scale(channel);
  }

  /**
   * Learns from one reading, the newest step of {@code recent}, and puts there the value that forecasts start from: the
   * reading, or the value before it when the reading is an outlier that nothing confirms yet.
   *
   * @param prior spread of such channels elsewhere, for a channel that has none of its own yet; NaN if unknown
   */
  void learn(int channel, double value, Recent recent, double prior) {
    boolean lone = lone(channel, value) && recent.known() > 1;
    recent.put(channel, lone ? recent.value(channel, 1) : value, true);
    count[channel] = Math.min(count[channel] + 1, SPAN);
    if (Math.abs(streak[channel]) >= BELIEVED) {
      count[channel] = OPENING;
      streak[channel] = 0;
      resettle(channel, recent);
    } else if (count[channel] <= OPENING) {
      settle(channel, recent, count[channel]);
      lean(channel, Double.isNaN(prior) ? guess(centre[channel]) : prior);
    } else {
      drift(channel, value);
    }
  }

  /** Counts outliers in a row; the first of them is alone. */
  private boolean lone(int channel, double value) {
    double distance = value - centre[channel];
    if (count[channel] < BELIEVED || Math.abs(distance) <= OUTLIER * scale(channel)) {
      streak[channel] = 0;
      return false;
    }
    int side = distance > 0 ? 1 : -1;
    streak[channel] = streak[channel] * side > 0 ? streak[channel] + side : side;
    return streak[channel] == side;
  }

  /** Median of the last values, and their mean distance from it but for the furthest quarter. */
  private void settle(int channel, Recent recent, int last) {
    int n = Math.min(last, recent.known());
    for (int ago = 0; ago < n; ago++) {
      scratch[ago] = recent.value(channel, ago);
    }
    Arrays.sort(scratch, 0, n);
    centre[channel] = scratch[(n - 1) / 2];
    for (int i = 0; i < n; i++) {
      scratch[i] = Math.abs(scratch[i] - centre[channel]);
    }
    Arrays.sort(scratch, 0, n);
    int near = Math.max(1, n - (n + 3) / 4);
    double sum = 0;
    for (int i = 0; i < near; i++) {
      sum += scratch[i];
    }
    double spread = NEAR_TO_SPREAD * sum / near;
    variance[channel] = spread * spread;
  }

  /** At a new level a series is thought to spread as it did before, if that is anything like what it does now. */
  private void resettle(int channel, Recent recent) {
    double before = variance[channel];
    settle(channel, recent, BELIEVED);
    double now = variance[channel];
    variance[channel] = Math.max(now, Math.min(before, ALIKE * now));
  }

  /** The fewer readings, the more the prior counts; it is gone halfway through the opening. */
  private void lean(int channel, double prior) {
    double share = Math.max(0, 1 - (count[channel] - 1) * 2.0 / OPENING);
    variance[channel] += share * (prior * prior - variance[channel]);
  }

  private static double guess(double value) {
    return value == 0 ? 1 : Math.abs(value) / 10;
  }

  private void drift(int channel, double value) {
    double reach = FAR * scale(channel);
    double distance = Math.max(-reach, Math.min(reach, value - centre[channel]));
    double share = 1.0 / count[channel];
    centre[channel] += share * distance;
    variance[channel] += share * (distance * distance - variance[channel]);
  }

  void write(DataOutput out) throws IOException {
    Numbers.write(out, centre);
    Numbers.write(out, variance);
    Numbers.write(out, count);
    Numbers.write(out, streak);
  }

  void read(DataInput in) throws IOException {
    Numbers.read(in, centre);
    Numbers.read(in, variance);
    Numbers.read(in, count);
    Numbers.read(in, streak);
  }
}
