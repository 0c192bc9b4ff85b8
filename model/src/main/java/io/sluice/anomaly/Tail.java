package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How rarely a measure of oddness is exceeded, learnt from itself: a quantile that is tracked, and beyond it Pareto's law
 * with the exponent of the excesses seen (Hill 1975). Evidence is −log10 of the chance to see as much.
 *
 * <pre>
 *   quantile f64 │ index f64 │ excesses f64 │ seen i32
 * </pre>
 */
final class Tail {
  private static final int OPENING = 32;
  private static final double LARGEST_EXCESS = 3;

  /** Of readings in the tail. */
  private static final double SHARE = 0.02;

  private static final double EVIDENT = -StrictMath.log10(SHARE);

  private static final Pace QUICK = new Pace(2500, 100);
  private static final Pace SLOW = new Pace(20_000, 1000);

  private final double floor;
  private final Pace pace;
  private double quantile;
  private double index;
  private double excesses;
  private int seen;

  /**
   * A tail.
   *
   * @param floor under which nothing is odd
   * @param index of Pareto's law, 1 over its exponent, before anything is seen
   * @param weight of that, in excesses
   */
  Tail(double floor, double index, double weight) {
    this(floor, index, weight, QUICK);
  }

  /** One that remembers ten times as long: what is rare once in a thousand must have been compared with a thousand. */
  static Tail lasting(double floor, double index, double weight) {
    return new Tail(floor, index, weight, SLOW);
  }

  private Tail(double floor, double index, double weight, Pace pace) {
    this.floor = floor;
    this.pace = pace;
    this.index = index;
    excesses = weight;
  }

  /** 0 within the bulk; 3 is one in a thousand. */
  double evidence(double oddness) {
    return evidence(oddness, floor);
  }

  /** By a floor of the moment. */
  double evidence(double oddness, double floor) {
    double begin = Math.max(quantile, floor);
    if (seen < OPENING || !(oddness > begin)) {
      return 0;
    }
    return EVIDENT + StrictMath.log10(oddness / begin) / index;
  }

  /** Up to which oddness is ordinary: how odd exactly is no evidence, and nothing is learnt of it. */
  double ordinary() {
    return seen < OPENING ? -1 : quantile;
  }

  void learn(double oddness) {
    if (seen < OPENING) {
      seen++;
      quantile = Math.max(quantile, Math.max(oddness, Double.MIN_NORMAL));
      return;
    }
    seen = Math.min(seen + 1, Integer.MAX_VALUE - 1);
    if (oddness > quantile) {
      excesses = Math.min(excesses + 1, pace.span);
      double excess = Math.min(StrictMath.log(oddness / quantile), LARGEST_EXCESS);
      index += (excess - index) / excesses;
      quantile *= pace.up(seen);
    } else {
      quantile *= pace.down(seen);
    }
  }

  /** After so many readings the quantile moves at one pace, the slowest, of 1 / √settled; the index forgets over the span. */
  private static final class Pace {
    private final int settled;
    private final int span;
    private final double slowestUp;
    private final double slowestDown;

    Pace(int settled, int span) {
      this.settled = settled;
      this.span = span;
      slowestUp = StrictMath.exp(1 / Math.sqrt(settled) * (1 - SHARE));
      slowestDown = StrictMath.exp(-1 / Math.sqrt(settled) * SHARE);
    }

    double up(int seen) {
      return seen < settled ? StrictMath.exp(1 / Math.sqrt(seen) * (1 - SHARE)) : slowestUp;
    }

    double down(int seen) {
      return seen < settled ? StrictMath.exp(-1 / Math.sqrt(seen) * SHARE) : slowestDown;
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(quantile);
    out.writeDouble(index);
    out.writeDouble(excesses);
    out.writeInt(seen);
  }

  /** Passes over one of the memory's layout 1, which kept the first readings too. */
  static void skipFirst(DataInput in) throws IOException {
    in.skipBytes(3 * Double.BYTES + Integer.BYTES + OPENING * Double.BYTES);
  }

  void read(DataInput in) throws IOException {
    quantile = in.readDouble();
    index = in.readDouble();
    excesses = in.readDouble();
    seen = in.readInt();
  }
}
