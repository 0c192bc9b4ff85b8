package io.sluice.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The recurrent memory, h and c of every layer, and the weights that formed it.
 *
 * <pre>
 *   version i64 │ print i64 │ floats i32 │ f32 × floats
 * </pre>
 */
final class Encoding {
  private static final int MOST_FLOATS = 1 << 22;
  private static final float[] NONE = {};

  private long version;
  private long print;
  private float[] state = NONE;

  /** Of the weights, 0 before the first. */
  long version() {
    return version;
  }

  /** Fingerprint of the weights, 0 before the first. */
  long print() {
    return print;
  }

  /** Stepped in place. */
  float[] state() {
    return state;
  }

  /** Begins anew, at zero, under other weights; in the same place where it fits, so that a swap leaves no garbage. */
  void begin(long newVersion, long newPrint, int floats) {
    version = newVersion;
    print = newPrint;
    if (state.length == floats) {
      Arrays.fill(state, 0);
    } else {
      state = new float[floats];
    }
  }

  /** The same weights under another version's name. */
  void rename(long newVersion) {
    version = newVersion;
  }

  void forget() {
    begin(0, 0, 0);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(version);
    out.writeLong(print);
    out.writeInt(state.length);
    Numbers.write(out, state);
  }

  void read(DataInput in) throws IOException {
    version = in.readLong();
    print = in.readLong();
    int floats = in.readInt();
    if (floats < 0 || floats > MOST_FLOATS) {
      throw new IOException("a recurrent memory of %d floats".formatted(floats));
    }
    state = new float[floats];
    Numbers.read(in, state);
  }
}
