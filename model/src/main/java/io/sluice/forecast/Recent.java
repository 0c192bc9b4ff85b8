package io.sluice.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The last values of each channel, in its own units, and which of them were really read.
 *
 * <p>Doubles: a sensor may count in billions and change by ones.
 *
 * <pre>
 *   steps i64 │ value f64 × depth × channels │ real bit × depth × channels
 * </pre>
 */
final class Recent {
  private final int depth;
  private final int channels;
  private final double[] values;
  private final Flags real;
  private long steps;

  /** Where the last step lies in the ring. */
  private int newest;

  Recent(Shape shape) {
    depth = shape.depth();
    channels = shape.channels();
    values = new double[depth * channels];
    real = new Flags(values.length);
    forget();
  }

  /** Steps since the last reset: how far back one may ask, up to the depth. */
  long steps() {
    return steps;
  }

  int known() {
    return (int) Math.min(steps, depth);
  }

  /** The value {@code ago} steps back; 0 is the last. */
  double value(int channel, int ago) {
    return values[index(channel, ago)];
  }

  boolean real(int channel, int ago) {
    return real.up(index(channel, ago));
  }

  /** Makes room for the values of a new step. */
  void turn() {
    steps++;
    newest = newest + 1 == depth ? 0 : newest + 1;
  }

  void put(int channel, double value, boolean wasRead) {
    int index = index(channel, 0);
    values[index] = value;
    real.set(index, wasRead);
  }

  /** What stood in for a channel's values before its first one is this from here on. */
  void backfill(int channel, double first) {
    for (int ago = 0; ago < known(); ago++) {
      values[index(channel, ago)] = first;
    }
  }

  void forget() {
    steps = 0;
    newest = depth - 1;
  }

  private int index(int channel, int ago) {
    int row = newest - ago;
    return (row < 0 ? row + depth : row) * channels + channel;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(steps);
    Numbers.write(out, values);
    real.write(out);
  }

  void read(DataInput in) throws IOException {
    steps = in.readLong();
    newest = Math.floorMod(steps - 1, depth);
    Numbers.read(in, values);
    real.read(in);
  }
}
