package io.sluice.symbols;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How much the network counts beside the chain: the odds that it is the one to believe, moved by how much likelier it held
 * what came (Bayes), and pulled back a little so that the other can always come back (fixed share, Herbster and Warmuth
 * 1998).
 *
 * <pre>
 *   weight f64
 * </pre>
 */
final class Trust {
  private static final double SHARE = 1e-6;

  /** By how much one symbol can move the odds: a wrong one is no reason to believe who expects anything. */
  private static final double MOST = 8;

  private double weight = 0.5;

  /** Of the network, 0 to 1. */
  double weight() {
    return weight;
  }

  /** Hears what chance each gave to the symbol that came. */
  void learn(double network, double chain) {
    double ratio = Math.max(1 / MOST, Math.min(MOST, network / chain));
    double odds = ratio * weight / (1 - weight);
    weight = SHARE / 2 + (1 - SHARE) * odds / (1 + odds);
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(weight);
  }

  void read(DataInput in) throws IOException {
    weight = in.readDouble();
  }
}
