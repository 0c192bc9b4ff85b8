package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The last values of a variable, among which a {@code NoveltySearch} seeks one near the newest, or a stretch of them like the
 * last.
 *
 * <p>Values are whole numbers of a unit, a 64th of the deviation: of two that are no more apart than is ordinary, the square
 * of the distance is exact. Room grows with what is known, up to the capacity.
 *
 * <pre>
 *   origin f64 │ unit f64 │ steps i64 │ value f32 × min(steps, capacity), oldest first
 * </pre>
 */
final class Novelty {
  private static final int ROOM = 64;
  private static final double UNITS = 64;

  /** How many times the unit may be too fine or too coarse before it is set anew. */
  private static final double OFF = 4;

  /** Up to there each whole number, and each distance of two, is one of the floats. */
  private static final double LARGEST = 1 << 23;

  private int capacity;
  private final Likely likely = new Likely();
  private float[] points = new float[ROOM];
  private double origin;
  private double unit;
  private long steps;

  /** Keeps so many values from now on; of those known the last stay. */
  void keep(int values) {
    float[] last = new float[Math.min(known(), values)];
    copy(0, last.length, last);
    capacity = values;
    steps = last.length;
    points = Arrays.copyOf(last, Math.max(last.length, ROOM));
  }

  /** @param deviation how far the variable usually lies from its centre */
  void push(double value, double deviation) {
    if (steps == 0) {
      origin = value;
    }
    if (deviation > OFF * UNITS * unit || OFF * deviation < UNITS * unit) {
      measureBy(deviation / UNITS);
    }
    double units = unit == 0 ? 0 : Math.rint((value - origin) / unit);
    if (steps == points.length && steps < capacity) {
      points = Arrays.copyOf(points, Math.min(2 * points.length, capacity));
    }
    points[(int) (steps % points.length)] = inside(units);
    steps++;
  }

  private static float inside(double units) {
    return (float) Math.max(-LARGEST, Math.min(LARGEST, units));
  }

  /** Values known in a coarser or finer unit: those that were all alike stay so. */
  private void measureBy(double newUnit) {
    double ratio = newUnit > 0 ? unit / newUnit : 0;
    for (int i = 0; i < points.length; i++) {
      points[i] = inside(Math.rint(points[i] * ratio));
    }
    unit = newUnit;
  }

  Likely likely() {
    return likely;
  }

  /** What a distance of 1 is in the variable's own units. */
  double unit() {
    return unit;
  }

  int known() {
    return (int) Math.min(steps, capacity);
  }

  int capacity() {
    return capacity;
  }

  /** Copies so many values, oldest first; the last of them is the one so many steps before the newest. */
  void copy(int ago, int count, float[] into) {
    int first = (int) ((steps - ago - count) % points.length);
    int before = Math.min(count, points.length - first);
    System.arraycopy(points, first, into, 0, before);
    System.arraycopy(points, 0, into, before, count - before);
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(origin);
    out.writeDouble(unit);
    out.writeLong(steps);
    for (long step = steps - known(); step < steps; step++) {
      out.writeFloat(points[(int) (step % points.length)]);
    }
  }

  void read(DataInput in) throws IOException {
    origin = in.readDouble();
    unit = in.readDouble();
    steps = in.readLong();
    if (steps < 0) {
      throw new IOException("a past of %d steps".formatted(steps));
    }
    points = new float[Math.max(known(), ROOM)];
    for (long step = steps - known(); step < steps; step++) {
      points[(int) (step % points.length)] = in.readFloat();
    }
  }
}
