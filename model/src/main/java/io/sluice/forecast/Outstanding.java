package io.sluice.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Forecasts that wait for their reading: for each lead a ring as long as the lead, so that the slot of the step to come is
 * the one made a lead before it.
 *
 * <p>Bounds and median are kept as distances from the value that the forecast started from, which {@code Recent} knows; and
 * beside them, while the network answers, how wide it would have each side.
 *
 * <pre>
 *   by network u8 │ (lower f32 │ median f32 │ upper f32) × variables × lead, lead by lead; NaN where none was made
 *   (width below f32 │ above f32) × variables × lead, where by network     since layout 3
 * </pre>
 */
final class Outstanding {
  /** Places among a forecast's bounds; from {@code NETWORK} on the network's own widths, NaN where it has none. */
  static final int LOWER = 0;

  static final int MEDIAN = 1;
  static final int UPPER = 2;
  static final int NETWORK = 3;

  /** Numbers of a forecast's bounds. */
  static final int BOUNDS = 5;

  private final int variables;
  private final int[] leads;
  private final int[] first;
  private final float[] distances;
  private final float[] widths;
  private boolean byNetwork;

  Outstanding(Shape shape) {
    variables = shape.variables();
    leads = shape.leads();
    first = new int[leads.length];
    for (int lead = 1; lead < leads.length; lead++) {
      first[lead] = first[lead - 1] + leads[lead - 1];
    }
    distances = new float[shape.outstanding() * variables * 3];
    widths = new float[shape.outstanding() * variables * 2];
    forget();
  }

  boolean byNetwork() {
    return byNetwork;
  }

  /** Whether the network has a say from here on. */
  void madeBy(boolean network) {
    if (byNetwork && !network) {
      Arrays.fill(widths, Float.NaN);
    }
    byNetwork = network;
  }

  /** Notes a forecast made at {@code step}. */
  void put(int variable, int lead, long step, double[] bounds) {
    int slot = slot(variable, lead, step);
    for (int i = 0; i < NETWORK; i++) {
      distances[3 * slot + i] = finite(bounds[i]);
    }
    widths[2 * slot] = finite(bounds[NETWORK]);
    widths[2 * slot + 1] = finite(bounds[NETWORK + 1]);
  }

  /** How far the two sides of the forecast made at {@code step} reach from its middle. */
  double reach(int variable, int lead, long step, int side) {
    int slot = 3 * slot(variable, lead, step);
    return Math.abs(distances[slot + 2 * side] - distances[slot + MEDIAN]);
  }

  static float finite(double distance) {
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, distance));
  }

  /** Whether a forecast of the step to come is there, and if so its bounds. */
  boolean due(int variable, int lead, Recent recent, double[] bounds) {
    int slot = slot(variable, lead, recent.steps() + 1);
    if (Float.isNaN(distances[3 * slot])) {
      return false;
    }
    double origin = recent.value(variable, leads[lead] - 1);
    for (int i = 0; i < NETWORK; i++) {
      bounds[i] = origin + distances[3 * slot + i];
    }
    bounds[NETWORK] = widths[2 * slot];
    bounds[NETWORK + 1] = widths[2 * slot + 1];
    return true;
  }

  private int slot(int variable, int lead, long step) {
    return (first[lead] + (int) (step % leads[lead])) * variables + variable;
  }

  void forget() {
    Arrays.fill(distances, Float.NaN);
    Arrays.fill(widths, Float.NaN);
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(byNetwork);
    Numbers.write(out, distances);
    if (byNetwork) {
      Numbers.write(out, widths);
    }
  }

  void read(DataInput in, int version) throws IOException {
    byNetwork = in.readBoolean();
    Numbers.read(in, distances);
    if (byNetwork && version > 2) {
      Numbers.read(in, widths);
    }
  }
}
