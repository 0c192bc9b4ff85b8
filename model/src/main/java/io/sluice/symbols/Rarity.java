package io.sluice.symbols;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How rarely anything so improbable came, or anything outside the likeliest few: the chances that a forecast gives are
 * held against the series' own past, so that one that is too sure of itself cries wolf for a short while only, and one that
 * is not sure enough is heard all the same. What is one in a thousand weighs little: it shall not hide the next.
 *
 * <pre>
 *   share f64 × 16 │ outside f64 │ covered f64 │ seen i32
 * </pre>
 */
final class Rarity {
  private static final int LEVELS = 16;

  /** Symbols beyond which it forgets. */
  private static final int SPAN = 10_000;

  /** Evidence, one in a thousand. */
  private static final double RARE = 3;

  private static final double WEIGHT_OF_RARE = 0.03;

  /** By how much the past may sharpen what a forecast claims: fivefold. */
  private static final double SHARPER = StrictMath.log10(5);

  /** Either of two tests may cry wolf. */
  private static final double HANDICAP = StrictMath.log10(2);

  /** Share of symbols to which no more than 10^−½, 10^−1, 10^−1½, … was given, them and all less likely ones together. */
  private final double[] share = new double[LEVELS];

  private double outside;
  private double covered;
  private int seen;

  /** Share of symbols within the likeliest few so far, NaN before the first. */
  double covered() {
    return seen == 0 ? Double.NaN : covered;
  }

  /** Symbols that it has learnt from and not forgotten. */
  int known() {
    return seen;
  }

  /** The evidence, as −log10 of a chance, that this one is out of the ordinary; learns of it. */
  double weigh(double chance, boolean within) {
    int level = level(chance);
    double often = level < 0 ? 1 : share[level];
    double claimed = -StrictMath.log10(chance);
    double believed = Math.min(claimed, -StrictMath.log10(often));
    double seldom = Math.max(past(often), within ? 0 : past(outside));
    double evidence = Math.max(believed, Math.min(seldom, claimed + SHARPER)) - HANDICAP;
    learn(level, within, evidence >= RARE || claimed >= RARE);
    return Math.max(0, evidence);
  }

  /** As −log10, of which one more would be the next. */
  private double past(double share) {
    return -StrictMath.log10(share + (1 - share) / (seen + 1.0));
  }

  private void learn(int level, boolean within, boolean rare) {
    seen = Math.min(seen + 1, SPAN);
    double rate = (rare ? WEIGHT_OF_RARE : 1) / seen;
    for (int i = 0; i < LEVELS; i++) {
      share[i] += rate * ((i <= level ? 1 : 0) - share[i]);
    }
    outside += rate * ((within ? 0 : 1) - outside);
    covered += ((within ? 1 : 0) - covered) / seen;
  }

  /** The rarest level that it reaches, −1 for none. */
  private static int level(double chance) {
    return Math.min(LEVELS, (int) (-2 * StrictMath.log10(chance))) - 1;
  }

  void write(DataOutput out) throws IOException {
    for (double one : share) {
      out.writeDouble(one);
    }
    out.writeDouble(outside);
    out.writeDouble(covered);
    out.writeInt(seen);
  }

  void read(DataInput in) throws IOException {
    for (int i = 0; i < LEVELS; i++) {
      share[i] = in.readDouble();
    }
    outside = in.readDouble();
    covered = in.readDouble();
    seen = in.readInt();
  }
}
