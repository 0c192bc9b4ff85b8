package io.sluice.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The last inputs of a series as it knew them at the time, from which any weights can form its memory anew.
 *
 * <pre>
 *   steps i64 │ elapsed f32 × capacity │ z f32 × capacity × channels │ missing bit × capacity × channels
 * </pre>
 *
 * <p>Elapsed: milliseconds since the input before, exact for whole seconds up to four hours and for whole days up to
 * half a year. z: spreads from the centre.
 */
final class Context {
  private final int capacity;
  private final int channels;
  private final float[] elapsed;
  private final float[] z;
  private final Flags missing;
  private long steps;

  Context(Shape shape) {
    capacity = shape.context();
    channels = shape.channels();
    elapsed = new float[capacity];
    z = new float[capacity * channels];
    missing = new Flags(z.length);
  }

  int known() {
    return (int) Math.min(steps, capacity);
  }

  /** Takes an input in, over the oldest. */
  void push(long millis, float[] normalised, boolean[] absent) {
    steps++;
    int row = row(0);
    elapsed[row] = millis;
    for (int channel = 0; channel < channels; channel++) {
      z[row * channels + channel] = normalised[channel];
      missing.set(row * channels + channel, absent[channel]);
    }
  }

  /** Milliseconds from the input before to the one {@code ago} back. */
  long elapsed(int ago) {
    return (long) elapsed[row(ago)];
  }

  float z(int ago, int channel) {
    return z[row(ago) * channels + channel];
  }

  boolean missing(int ago, int channel) {
    return missing.up(row(ago) * channels + channel);
  }

  void forget() {
    steps = 0;
  }

  private int row(int ago) {
    return (int) ((steps - 1 - ago) % capacity);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(steps);
    Numbers.write(out, elapsed);
    Numbers.write(out, z);
    missing.write(out);
  }

  void read(DataInput in) throws IOException {
    steps = in.readLong();
    Numbers.read(in, elapsed);
    Numbers.read(in, z);
    missing.read(in);
  }
}
