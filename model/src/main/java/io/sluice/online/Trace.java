package io.sluice.online;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The last values of a variable and how far each lay from what its season expected, NaN where a value was missing.
 *
 * <pre>
 *   steps i64 │ (value f64 │ deviation f32) × the last min(steps, capacity), oldest first
 * </pre>
 */
final class Trace {
  private final double[] values;
  private final float[] deviations;
  private long steps;

  Trace(int capacity) {
    values = new double[capacity];
    deviations = new float[capacity];
  }

  long steps() {
    return steps;
  }

  int known() {
    return (int) Math.min(steps, values.length);
  }

  void push(double value, double deviation) {
    int index = (int) (steps++ % values.length);
    values[index] = value;
    deviations[index] = (float) deviation;
  }

  /** {@code ago} steps back; 0 is the last. */
  double value(int ago) {
    return ago < known() ? values[index(ago)] : Double.NaN;
  }

  double deviation(int ago) {
    return ago < known() ? deviations[index(ago)] : Double.NaN;
  }

  /** As least squares takes it: where nothing is known, nothing deviates. */
  double deviationOrZero(int ago) {
    double deviation = deviation(ago);
    return Double.isNaN(deviation) ? 0 : deviation;
  }

  void amend(int ago, double deviation) {
    deviations[index(ago)] = (float) deviation;
  }

  private int index(int ago) {
    return (int) ((steps - 1 - ago) % values.length);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(steps);
    for (int ago = known() - 1; ago >= 0; ago--) {
      out.writeDouble(value(ago));
      out.writeFloat((float) deviation(ago));
    }
  }

  void read(DataInput in) throws IOException {
    long stored = in.readLong();
    if (stored < 0) {
      throw new IOException("a trace of %d steps".formatted(stored));
    }
    int known = (int) Math.min(stored, values.length);
    steps = stored - known;
    for (int i = 0; i < known; i++) {
      push(in.readDouble(), in.readFloat());
    }
  }
}
