package io.sluice.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * When a series was last heard, what it said then, and how often it speaks.
 *
 * <pre>
 *   time i64 │ print i64 │ typical f64 │ seen i32 │ readings i64
 * </pre>
 */
final class Pace {
  /** Readings beyond which the typical interval forgets. */
  private static final int SPAN = 64;

  /** One interval counts as at most this many typical ones: a gap is not a new pace. */
  private static final double LONGEST = 4;

  private long time = Long.MIN_VALUE;
  private long print;
  private double typical;
  private int seen;
  private long readings;

  /** Of the last reading stepped, epoch milliseconds; {@code Long.MIN_VALUE} before the first. */
  long time() {
    return time;
  }

  /** Fingerprint of the last reading's values, by which a repeat is known. */
  long print() {
    return print;
  }

  /** Milliseconds between readings; 0 while unknown. */
  double typical() {
    return typical;
  }

  /** Readings since the memory was last reset, imputed ones apart. */
  int seen() {
    return seen;
  }

  /** Readings stepped in all. */
  long readings() {
    return readings;
  }

  boolean begun() {
    return time != Long.MIN_VALUE;
  }

  void heard(long at, long fingerprint) {
    if (begun()) {
      learn(at - time);
    }
    time = at;
    print = fingerprint;
    seen = seen == Integer.MAX_VALUE ? seen : seen + 1;
    readings++;
  }

  /** Whether so long a silence is nothing unusual. */
  boolean usual(long elapsed) {
    return elapsed <= LONGEST * typical;
  }

  /** A reading that did not come, stood in for. */
  void passed(long at) {
    time = at;
  }

  void forget() {
    seen = 0;
  }

  private void learn(long elapsed) {
    if (typical == 0) {
      typical = elapsed;
    } else {
      typical += (Math.min(elapsed, LONGEST * typical) - typical) / Math.min(readings, SPAN);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(time);
    out.writeLong(print);
    out.writeDouble(typical);
    out.writeInt(seen);
    out.writeLong(readings);
  }

  void read(DataInput in) throws IOException {
    time = in.readLong();
    print = in.readLong();
    typical = in.readDouble();
    seen = in.readInt();
    readings = in.readLong();
  }
}
