package io.sluice.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The last inputs of a series as it knew them at the time, from which any weights can form its memory anew.
 *
 * <pre>
 *   steps i64 │ elapsed f32 × capacity │ level i16 × capacity × channels │ change i16 × capacity × variables
 *   │ missing bit × capacity × channels
 * </pre>
 *
 * <p>Elapsed: milliseconds since the input before, exact for whole seconds up to four hours and for whole days up to half a
 * year. Level: spreads from the centre; change: strides from the value before; both cut off at {@code MOST} and told in
 * 32767ths of it. The network is never given anything finer, so an input kept is the input that was given.
 */
final class Context {
  private static final double MOST = 5;
  private static final float UNIT = (float) (MOST / Short.MAX_VALUE);

  private final int capacity;
  private final int channels;
  private final int variables;
  private final float[] elapsed;
  private final short[] level;
  private final short[] change;
  private final Flags missing;
  private long steps;

  /** Where the last input lies in the ring. */
  private int newest;

  Context(Shape shape) {
    capacity = shape.context();
    channels = shape.channels();
    variables = shape.variables();
    elapsed = new float[capacity];
    level = new short[capacity * channels];
    change = new short[capacity * variables];
    missing = new Flags(level.length);
    forget();
  }

  int known() {
    return (int) Math.min(steps, capacity);
  }

  /** Makes room for a new input, over the oldest. */
  void turn(long millis) {
    steps++;
    newest = newest + 1 == capacity ? 0 : newest + 1;
    elapsed[row(0)] = millis;
  }

  void putLevel(int channel, double spreads, boolean absent) {
    int index = row(0) * channels + channel;
    level[index] = cut(spreads);
    missing.set(index, absent);
  }

  void putChange(int variable, double strides) {
    change[row(0) * variables + variable] = cut(strides);
  }

  private static short cut(double number) {
    return (short) Math.rint(Math.max(-MOST, Math.min(MOST, number)) / MOST * Short.MAX_VALUE);
  }

  /** Milliseconds from the input before to the one {@code ago} back. */
  long elapsed(int ago) {
    return (long) elapsed[row(ago)];
  }

  float level(int ago, int channel) {
    return level[row(ago) * channels + channel] * UNIT;
  }

  float change(int ago, int variable) {
    return change[row(ago) * variables + variable] * UNIT;
  }

  boolean missing(int ago, int channel) {
    return missing.up(row(ago) * channels + channel);
  }

  void forget() {
    steps = 0;
    newest = capacity - 1;
  }

  private int row(int ago) {
    int row = newest - ago;
    return row < 0 ? row + capacity : row;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(steps);
    Numbers.write(out, elapsed);
    Numbers.write(out, level);
    Numbers.write(out, change);
    missing.write(out);
  }

  void read(DataInput in) throws IOException {
    steps = in.readLong();
    newest = Math.floorMod(steps - 1, capacity);
    Numbers.read(in, elapsed);
    Numbers.read(in, level);
    Numbers.read(in, change);
    missing.read(in);
  }
}
