package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How long a variable has said the very same, held against how often and how long it usually does. A variable that never
 * changed yet is a constant, and no wonder.
 *
 * <pre>
 *   last f64 │ longest f32 │ still i32 │ repeats i32 │ seen i32
 * </pre>
 */
final class Stillness {
  /** Repeats in a row below which nothing is said; no more of a row are counted as usual. */
  private static final int LEAST = 8;

  /** Readings after which the counts are halved. */
  private static final int SPAN = 1000;

  /** Readings that one thinks to have seen change before the first. */
  private static final int PRIOR = 20;

  private static final double LONGER = 2;
  private static final float FADES = 0.9995f;

  private double last = Double.NaN;
  private float longest;
  private int still;
  private int repeats;
  private int seen;

  /** −log10 of the chance that it says the same for so long; learns from the reading. */
  double evidence(double value) {
    longest *= FADES;
    if (value == last) {
      still++;
    } else {
      change(value);
    }
    if (still <= LEAST) {
      count(still > 0 ? 1 : 0);
    }
    return evidence();
  }

  /** How many readings in a row have repeated the one before. */
  int still() {
    return still;
  }

  private double evidence() {
    boolean everChanged = seen - repeats > 1;
    if (!everChanged || still < LEAST || still <= LONGER * longest) {
      return 0;
    }
    return -still * StrictMath.log10((repeats + 1.0) / (seen + PRIOR));
  }

  /** A row that was suspicious is not believed at once to be usual, only the more often it comes. */
  private void change(double value) {
    float usual = evidence() < Suspicion.ALARMING ? still : Math.min(still, longest + LEAST);
    longest = Math.max(longest, usual);
    still = 0;
    last = value;
  }

  private void count(int repeat) {
    if (seen == SPAN) {
      seen /= 2;
      repeats /= 2;
    }
    seen++;
    repeats += repeat;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(last);
    out.writeFloat(longest);
    out.writeInt(still);
    out.writeInt(repeats);
    out.writeInt(seen);
  }

  void read(DataInput in) throws IOException {
    last = in.readDouble();
    longest = in.readFloat();
    still = in.readInt();
    repeats = in.readInt();
    seen = in.readInt();
  }
}
