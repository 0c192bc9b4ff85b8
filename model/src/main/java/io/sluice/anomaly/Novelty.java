package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The last values of a variable, and how far what is newest lies from the nearest of them: the last value from any before,
 * and the last stretch of values, point by point, from any stretch that ended before it began.
 *
 * <p>Unlike an outline's, this distance is one of values: a known shape at a level never seen is new. The distance of two
 * stretches is that of the same two a step earlier, less the points they left, plus those they entered; values are whole
 * numbers of a unit, a 64th of the deviation, so that this is exact however long it goes on and after every restart. A step
 * costs a few additions for each value kept, in loops that the compiler vectorises.
 *
 * <pre>
 *   origin f64 │ unit f64 │ steps i64 │ value i32 × min(steps, capacity), newest first
 * </pre>
 */
final class Novelty {
  /** Values that make a stretch; from 16 to 24 it hardly matters. */
  static final int STRETCH = 24;

  private static final double UNITS = 64;

  /** How many times the unit may be too fine or too coarse before it is set anew. */
  private static final double OFF = 4;

  /** Two values are apart by at most so many units: the squares of a whole stretch fit into an int. */
  private static final int APART = 8192;

  private static final int LARGEST = 1 << 29;

  private final int capacity;

  /** Newest first and written twice, so that they always lie in one piece. */
  private final int[] points;

  /** By lag: of the newest stretch to that which ended so many steps before it. */
  private final int[] squares;

  private double origin;
  private double unit;
  private long steps;

  Novelty(int capacity) {
    this.capacity = capacity;
    points = new int[2 * capacity];
    squares = new int[capacity];
  }

  /** @param deviation how far the variable usually lies from its centre */
  void push(double value, double deviation) {
    if (steps == 0) {
      origin = value;
    }
    if (deviation > OFF * UNITS * unit || OFF * deviation < UNITS * unit) {
      measureBy(deviation / UNITS);
    }
    int lags = lags();
    put(inside(value));
    int head = head();
    if (lags > 0) {
      add(points[head], head, lags);
      subtract(points[head + STRETCH], head + STRETCH, lags);
    }
    for (int lag = Math.max(lags + 1, STRETCH); lag <= lags(); lag++) {
      squares[lag] = square(head, lag);
    }
  }

  /** Distance of the last value, 0 before there is another. */
  double value() {
    int head = head();
    int least = steps < 2 ? 0 : Integer.MAX_VALUE;
    for (int lag = 1; lag < known(); lag++) {
      least = Math.min(least, Math.abs(points[head + lag] - points[head]));
    }
    return least * unit;
  }

  /** Root mean square distance of the last stretch; NaN before the past is twice as long. */
  double stretch() {
    int least = Integer.MAX_VALUE;
    int lags = lags();
    for (int lag = STRETCH; lag <= lags; lag++) {
      least = Math.min(least, squares[lag]);
    }
    return lags < STRETCH ? Double.NaN : Math.sqrt((double) least / STRETCH) * unit;
  }

  private int inside(double value) {
    double units = unit == 0 ? 0 : Math.rint((value - origin) / unit);
    return (int) Math.max(-LARGEST, Math.min(LARGEST, units));
  }

  private void put(int point) {
    steps++;
    int head = head();
    points[head] = point;
    points[head + capacity] = point;
  }

  private int head() {
    return (int) (capacity - 1 - (steps + capacity - 1) % capacity);
  }

  private int known() {
    return (int) Math.min(steps, capacity);
  }

  /** The longest lag at which a whole stretch is known. */
  private int lags() {
    return Math.min(known(), capacity - 1) - STRETCH;
  }

  /** Values known in a coarser or finer unit: those that were all alike stay so. */
  private void measureBy(double newUnit) {
    double ratio = newUnit > 0 ? unit / newUnit : 0;
    for (int i = 0; i < points.length; i++) {
      double units = Math.rint(points[i] * ratio);
      points[i] = (int) Math.max(-LARGEST, Math.min(LARGEST, units));
    }
    unit = newUnit;
    reckon();
  }

  private void reckon() {
    int head = head();
    for (int lag = STRETCH; lag <= lags(); lag++) {
      squares[lag] = square(head, lag);
    }
  }

  private int square(int head, int lag) {
    int sum = 0;
    for (int k = 0; k < STRETCH; k++) {
      int apart = apart(points[head + k], points[head + k + lag]);
      sum += apart * apart;
    }
    return sum;
  }

  private void add(int point, int head, int lags) {
    for (int lag = STRETCH; lag <= lags; lag++) {
      int apart = apart(points[head + lag], point);
      squares[lag] += apart * apart;
    }
  }

  private void subtract(int point, int head, int lags) {
    for (int lag = STRETCH; lag <= lags; lag++) {
      int apart = apart(points[head + lag], point);
      squares[lag] -= apart * apart;
    }
  }

  private static int apart(int one, int other) {
    return Math.max(-APART, Math.min(APART, one - other));
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(origin);
    out.writeDouble(unit);
    out.writeLong(steps);
    int head = head();
    for (int i = 0; i < known(); i++) {
      out.writeInt(points[head + i]);
    }
  }

  void read(DataInput in) throws IOException {
    origin = in.readDouble();
    unit = in.readDouble();
    steps = in.readLong();
    if (steps < 0) {
      throw new IOException("a past of %d steps".formatted(steps));
    }
    Arrays.fill(points, 0);
    int head = head();
    for (int i = 0; i < known(); i++) {
      int slot = (head + i) % capacity;
      points[slot] = in.readInt();
      points[slot + capacity] = points[slot];
    }
    reckon();
  }
}
