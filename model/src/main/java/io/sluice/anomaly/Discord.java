package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The outline of a variable's long past, drawn coarsely: so many means a season, in which a stretch unlike any before it,
 * a discord, can be sought.
 *
 * <pre>
 *   stride u16 │ points u8 │ gathered u16 │ sum f64 │ mean f64 │ variance f64 │ steps i64
 *   means f32 × min(steps, capacity), oldest first
 * </pre>
 *
 * <p>The means are doubled in a ring written twice, so that the search sees the past in one piece.
 */
final class Discord {
  /** Means that a season, or any other stretch compared, is drawn with; from two thirds of it to half as many again. */
  private static final int POINTS = 24;

  static final int MOST_POINTS = 36;

  /** Readings compared where there is no season. */
  private static final int UNSEASONAL = 96;

  private final float[] means;
  private int stride;
  private int points;
  private int gathered;
  private double sum;
  private double mean;
  private double variance;
  private long steps;

  Discord(int capacity) {
    means = new float[2 * capacity];
    begin(UNSEASONAL);
  }

  /** Starts over where the season, and with it the stretch compared, has become quite another. */
  void fit(int period) {
    int stretch = period > 1 ? period : UNSEASONAL;
    int drawn = stride * points;
    if (4 * Math.abs(stretch - drawn) > drawn + 4 * stride) {
      begin(stretch);
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
  }

  /** Whether the value completed a point of the outline. */
  boolean draw(double value) {
    sum += value;
    gathered++;
    if (gathered < stride) {
      return false;
    }
    push(sum / stride);
    sum = 0;
    gathered = 0;
    return true;
  }

  private void push(double point) {
    int capacity = means.length / 2;
    int slot = (int) (steps++ % capacity);
    means[slot] = (float) point;
    means[slot + capacity] = (float) point;
    double share = 1.0 / Math.min(steps, capacity);
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
    return (int) Math.min(steps, means.length / 2);
  }

  double spread() {
    return Math.sqrt(variance);
  }

  /** Copies the outline, oldest first, in spreads from its mean. */
  void copy(float[] outline) {
    int capacity = means.length / 2;
    int from = steps <= capacity ? 0 : (int) (steps % capacity);
    float centre = (float) mean;
    float scale = (float) (1 / spread());
    for (int i = 0; i < known(); i++) {
      outline[i] = (means[from + i] - centre) * scale;
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(stride);
    out.writeByte(points);
    out.writeShort(gathered);
    out.writeDouble(sum);
    out.writeDouble(mean);
    out.writeDouble(variance);
    out.writeLong(steps);
    int capacity = means.length / 2;
    int from = steps <= capacity ? 0 : (int) (steps % capacity);
    for (int i = 0; i < known(); i++) {
      out.writeFloat(means[from + i]);
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
    int capacity = means.length / 2;
    Arrays.fill(means, 0);
    for (int i = known(); i > 0; i--) {
      int slot = (int) ((steps - i) % capacity);
      means[slot] = in.readFloat();
      means[slot + capacity] = means[slot];
    }
  }
}
