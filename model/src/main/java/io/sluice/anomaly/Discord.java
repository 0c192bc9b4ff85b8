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
    means = new float[capacity];
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
    means[(int) (steps++ % means.length)] = (float) point;
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
    return (int) Math.min(steps, means.length);
  }

  double spread() {
    return Math.sqrt(variance);
  }

  /** Copies the outline, oldest first, in spreads from its mean. */
  void copy(float[] outline) {
    int oldest = oldest();
    int behind = known() - oldest;
    float centre = (float) mean;
    float scale = (float) (1 / spread());
    for (int i = 0; i < behind; i++) {
      outline[i] = (means[oldest + i] - centre) * scale;
    }
    for (int i = 0; i < oldest; i++) {
      outline[behind + i] = (means[i] - centre) * scale;
    }
  }

  /** Where the ring begins. */
  private int oldest() {
    return steps <= means.length ? 0 : (int) (steps % means.length);
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(stride);
    out.writeByte(points);
    out.writeShort(gathered);
    out.writeDouble(sum);
    out.writeDouble(mean);
    out.writeDouble(variance);
    out.writeLong(steps);
    for (int i = 0; i < known(); i++) {
      out.writeFloat(means[(oldest() + i) % means.length]);
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
    Arrays.fill(means, 0);
    for (int i = known(); i > 0; i--) {
      means[(int) ((steps - i) % means.length)] = in.readFloat();
    }
  }
}
