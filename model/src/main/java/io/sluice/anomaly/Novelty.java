package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The last values of a variable, among which a {@code NoveltySearch} seeks one near the newest, or a stretch of them like the
 * last. Told from an origin that follows them, so that those of a counter too are told finely. Room grows with what is known,
 * up to the capacity.
 *
 * <pre>
 *   origin f64 │ steps i64 │ value f32 × min(steps, capacity), oldest first
 *   layout 2: origin f64 │ unit f64 │ steps i64 │ values in units
 * </pre>
 */
final class Novelty {
  private static final int ROOM = 64;

  /** Up to there the squares of a stretch can be summed in floats. */
  private static final double LARGEST = 1e17;

  private int capacity;
  private final Likely likely = new Likely();
  private float[] points = new float[ROOM];
  private double origin;
  private long steps;

  /** Where the next value goes: the steps, turned in the room that there is. */
  private int next;

  /** Keeps so many values from now on; of those known the last stay. */
  void keep(int values) {
    float[] last = new float[Math.min(known(), values)];
    copy(0, last.length, last);
    capacity = values;
    steps = last.length;
    points = Arrays.copyOf(last, Math.max(last.length, ROOM));
    next = last.length % points.length;
  }

  void push(double value) {
    if (steps == points.length && steps < capacity) {
      next = points.length;
      points = Arrays.copyOf(points, Math.min(2 * points.length, capacity));
    }
    if (next == 0) {
      move(value);
    }
    points[next] = inside(value - origin);
    next = next + 1 == points.length ? 0 : next + 1;
    steps++;
  }

  private void move(double newOrigin) {
    double way = origin - newOrigin;
    for (int i = 0; i < points.length; i++) {
      points[i] = inside(points[i] + way);
    }
    origin = newOrigin;
  }

  private static float inside(double point) {
    return (float) Math.max(-LARGEST, Math.min(LARGEST, point));
  }

  Likely likely() {
    return likely;
  }

  /** {@code ago} steps back; 0 is the last. */
  double value(int ago) {
    return origin + points[place(ago + 1)];
  }

  int known() {
    return (int) Math.min(steps, capacity);
  }

  int capacity() {
    return capacity;
  }

  /** Copies so many values, oldest first; the last of them is the one so many steps before the newest. */
  void copy(int ago, int count, float[] into) {
    int first = place(ago + count);
    int before = Math.min(count, points.length - first);
    System.arraycopy(points, first, into, 0, before);
    System.arraycopy(points, 0, into, before, count - before);
  }

  /** Of the value so many before the next. */
  private int place(int before) {
    return next - before < 0 ? next - before + points.length : next - before;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(origin);
    out.writeLong(steps);
    for (long step = steps - known(); step < steps; step++) {
      out.writeFloat(points[(int) (step % points.length)]);
    }
  }

  /** @param layout of the memory that it is part of */
  void read(DataInput in, int layout) throws IOException {
    origin = in.readDouble();
    double unit = layout == 2 ? in.readDouble() : 1;
    steps = in.readLong();
    if (steps < 0) {
      throw new IOException("a past of %d steps".formatted(steps));
    }
    points = new float[Math.max(known(), ROOM)];
    for (long step = steps - known(); step < steps; step++) {
      points[(int) (step % points.length)] = inside(unit * in.readFloat());
    }
    next = (int) (steps % points.length);
  }
}
