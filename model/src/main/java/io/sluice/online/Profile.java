package io.sluice.online;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a season looks like: the slowly moving mean of each of its slots. Without a season it has one slot, the mean.
 *
 * <pre>
 *   period u16 │ (mean f64 │ seen u16) × period
 * </pre>
 */
final class Profile {
  /** Seasons over which a slot forgets. */
  private static final int SEASONS = 20;

  /** Readings over which the mean forgets where there is no season. */
  private static final int READINGS = 1000;

  private double[] means;
  private short[] seen;

  Profile() {
    begin(1);
  }

  int period() {
    return means.length;
  }

  boolean seasonal() {
    return means.length > 1;
  }

  void begin(int period) {
    means = new double[period];
    seen = new short[period];
  }

  /** What is expected at a step, counted from the first of the series; NaN before its slot was seen. */
  double expected(long step) {
    int slot = (int) (step % means.length);
    return seen[slot] == 0 ? Double.NaN : means[slot];
  }

  void learn(long step, double value) {
    int slot = (int) (step % means.length);
    int most = seasonal() ? SEASONS : READINGS;
    seen[slot] = (short) Math.min(seen[slot] + 1, most);
    means[slot] += (value - means[slot]) / seen[slot];
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(means.length);
    for (int slot = 0; slot < means.length; slot++) {
      out.writeDouble(means[slot]);
      out.writeShort(seen[slot]);
    }
  }

  void read(DataInput in) throws IOException {
    int period = in.readUnsignedShort();
    if (period == 0) {
      throw new IOException("a profile without slots");
    }
    begin(period);
    for (int slot = 0; slot < period; slot++) {
      means[slot] = in.readDouble();
      seen[slot] = in.readShort();
    }
  }
}
