package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Two memories of a variable since a reading that leapt: one is fed what was read, the other what was expected. Both go on
 * by the changes forecast; after some readings the one that erred less tells a new level from a spike.
 *
 * <pre>
 *   told f64 │ held f64 │ told erred f64 │ held erred f64 │ evidence f64 │ left u16
 * </pre>
 */
final class Doubt {
  /** How far the memory that is fed the value moves to it. */
  private static final double FED = 0.5;

  private double told;
  private double held;
  private double toldErred;
  private double heldErred;
  private double evidence;
  private int left;

  boolean open() {
    return left > 0;
  }

  /** Readings until it is settled. */
  int left() {
    return left;
  }

  double toldErred() {
    return toldErred;
  }

  double heldErred() {
    return heldErred;
  }

  /** Which way it leapt. */
  int side() {
    return told < held ? -1 : 1;
  }

  void begin(double value, double expected, double leap, int patience) {
    told = value;
    held = expected;
    toldErred = 0;
    heldErred = 0;
    evidence = leap;
    left = patience;
  }

  /**
   * Hears one more reading.
   *
   * @param change since the reading before, as it was forecast
   * @return the evidence of the leap where this reading settles that it led to a new level, 0 otherwise
   */
  double hear(double value, double change) {
    told += change;
    held += change;
    toldErred += Math.abs(value - told);
    heldErred += Math.abs(value - held);
    told += FED * (value - told);
    left--;
    return left == 0 && toldErred < heldErred ? evidence : 0;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(told);
    out.writeDouble(held);
    out.writeDouble(toldErred);
    out.writeDouble(heldErred);
    out.writeDouble(evidence);
    out.writeShort(left);
  }

  void read(DataInput in) throws IOException {
    told = in.readDouble();
    held = in.readDouble();
    toldErred = in.readDouble();
    heldErred = in.readDouble();
    evidence = in.readDouble();
    left = in.readUnsignedShort();
  }
}
