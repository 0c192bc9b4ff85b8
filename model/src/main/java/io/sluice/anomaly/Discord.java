package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The outline of a variable's long past, drawn coarsely: so many means a season, in which a stretch unlike any before it,
 * a discord, can be sought. Room grows with what is drawn, up to the capacity.
 *
 * <pre>
 *   stride u16 │ points u8 │ gathered u16 │ sum f64 │ mean f64 │ variance f64 │ steps i64
 *   means f32 × min(steps, capacity), oldest first
 * </pre>
 */
final class Discord {
  /** Means that a season, or any other stretch compared, is drawn with; from two thirds of it to half as many again. */
  private static final int POINTS = 24;

  static final int MOST_POINTS = 36;

  /** Readings compared where there is no season. */
  private static final int UNSEASONAL = 96;

  private static final int ROOM = 64;

  /** A mean counts as at most so much, and a spread is none below its inverse, so that all can be told in floats. */
  private static final double LARGEST = 1e30;

  private int capacity;
  private final Likely likely = new Likely();
  private float[] means = new float[ROOM];
  private int stride;
  private int points;
  private int gathered;
  private double sum;
  private double mean;
  private double variance;
  private long steps;

  /** Where the next point goes: the steps, turned in the room that there is. */
  private int next;

  Discord() {
    begin(UNSEASONAL);
  }

  /** Keeps so many points from now on; of those known the last stay. */
  void keep(int count) {
    float[] last = new float[Math.min(known(), count)];
    copy(0, last.length, last);
    capacity = count;
    steps = last.length;
    means = Arrays.copyOf(last, Math.max(last.length, ROOM));
    next = last.length % means.length;
  }

  /** Where the season, and with it the stretch compared, has become quite another, draws anew what is remembered. */
  void fit(int period, Novelty values) {
    int stretch = period > 1 ? period : UNSEASONAL;
    int drawn = stride * points;
    if (4 * Math.abs(stretch - drawn) > drawn + 4 * stride) {
      begin(stretch);
      for (int ago = values.known() - 1; ago > 0; ago--) {
        draw(values.value(ago));
      }
    }
  }

  private void begin(int stretch) {
    stride = Math.max(1, Math.round(stretch / (float) POINTS));
    points = Math.max(POINTS / 3, Math.min(MOST_POINTS, stretch / stride));
    gathered = 0;
    sum = 0;
    mean = 0;
    variance = 0;
    steps = 0;
    next = 0;
  }

  /** Whether the value completed a point of the outline. */
  boolean draw(double value) {
    sum += value;
    gathered++;
    if (gathered < stride) {
      return false;
    }
    push(Math.max(-LARGEST, Math.min(LARGEST, sum / stride)));
    sum = 0;
    gathered = 0;
    return true;
  }

  private void push(double point) {
    if (steps == means.length && steps < capacity) {
      next = means.length;
      means = Arrays.copyOf(means, Math.min(2 * means.length, capacity));
    }
    means[next] = (float) point;
    next = next + 1 == means.length ? 0 : next + 1;
    steps++;
    double share = 1.0 / known();
    double distance = point - mean;
    mean += share * distance;
    variance += share * (distance * distance - variance);
  }

  /** Points of the stretch compared. */
  int points() {
    return points;
  }

  long steps() {
    return steps;
  }

  int known() {
    return (int) Math.min(steps, capacity);
  }

  Likely likely() {
    return likely;
  }

  /** Whether there is any shape: what hardly moves has none. */
  boolean moves() {
    return spread() > 1 / LARGEST;
  }

  double spread() {
    return Math.sqrt(variance);
  }

  /** Copies so many points, oldest first; the last of them is the one so many before the newest. */
  void copy(int ago, int count, float[] into) {
    int before = next - ago - count;
    int first = before < 0 ? before + means.length : before;
    int unturned = Math.min(count, means.length - first);
    System.arraycopy(means, first, into, 0, unturned);
    System.arraycopy(means, 0, into, unturned, count - unturned);
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(stride);
    out.writeByte(points);
    out.writeShort(gathered);
    out.writeDouble(sum);
    out.writeDouble(mean);
    out.writeDouble(variance);
    out.writeLong(steps);
    for (long step = steps - known(); step < steps; step++) {
      out.writeFloat(means[(int) (step % means.length)]);
    }
  }

  void read(DataInput in) throws IOException {
    stride = in.readUnsignedShort();
    points = in.readUnsignedByte();
    gathered = in.readUnsignedShort();
    sum = in.readDouble();
    mean = in.readDouble();
    variance = in.readDouble();
    steps = in.readLong();
    means = new float[Math.max(known(), ROOM)];
    for (long step = steps - known(); step < steps; step++) {
      means[(int) (step % means.length)] = in.readFloat();
    }
    next = (int) (steps % means.length);
  }
}
