package io.sluice.online;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How far to go from an answer towards a better one that is not trusted yet: the slope of the answer's errors on the way
 * between the two, less a deviation of chance, from nothing to all the way. What does not help is thus left alone, whatever it
 * says. Chance is reckoned with errors of a lead that come in rows as long as the lead; older ones fade.
 *
 * <pre>
 *   error f64 │ learnt u16 │ Σ way² f64 │ Σ way·error f64 │ Σ way²·(error left)² f64
 * </pre>
 */
final class Lean {
  private static final int SPAN = 2000;
  private static final double FADING = 1 - 1.0 / SPAN;

  /** An error counts as at most so many typical ones. */
  private static final double MONSTROUS = 10;

  private final int lead;
  private double error;
  private int learnt;
  private double ways;
  private double products;
  private double chances;

  /** @param lead steps ahead */
  Lean(int lead) {
    this.lead = lead;
  }

  /** Of the way, 0 to 1. */
  double share() {
    double sure = products - Math.sqrt(lead * chances);
    return ways > 0 ? Math.max(0, Math.min(1, sure / ways)) : 0;
  }

  /** An error cut to what counts of it. */
  double cut(double missed) {
    double most = learnt == 0 ? Double.MAX_VALUE : MONSTROUS * error;
    return Math.max(-most, Math.min(most, missed));
  }

  /** Of typical size, in the variable's units. */
  double error() {
    return error;
  }

  /**
   * Learns from what came.
   *
   * @param way to the other answer, as it was; NaN where there was none
   * @param missed what came less the answer
   */
  void learn(double way, double missed) {
    double kept = cut(missed);
    double gone = cut(way);
    if (!Double.isNaN(gone)) {
      double left = kept - share() * gone;
      ways = FADING * ways + gone * gone;
      products = FADING * products + gone * kept;
      chances = FADING * chances + gone * gone * left * left;
    }
    learnt = Math.min(learnt + 1, SPAN);
    error += (Math.abs(kept) - error) / learnt;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(error);
    out.writeShort(learnt);
    out.writeDouble(ways);
    out.writeDouble(products);
    out.writeDouble(chances);
  }

  void read(DataInput in) throws IOException {
    error = in.readDouble();
    learnt = in.readUnsignedShort();
    ways = in.readDouble();
    products = in.readDouble();
    chances = in.readDouble();
  }
}
