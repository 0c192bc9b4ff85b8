package io.sluice.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Forecasts that wait for their reading: for each lead a ring as long as the lead, so that the slot of the step to come is
 * the one made a lead before it.
 *
 * <p>Bounds and median are kept as distances from the value that the forecast started from, which {@code Recent} knows. All
 * are of one maker, the baseline or the network: when the other takes over, those that wait are dropped, for they would
 * calibrate the wrong one.
 *
 * <pre>
 *   by network u8 │ (lower f32 │ median f32 │ upper f32) × variables × lead, lead by lead; NaN where none was made
 * </pre>
 */
final class Outstanding {
  private final int variables;
  private final int[] leads;
  private final int[] first;
  private final float[] distances;
  private boolean byNetwork;

  Outstanding(Shape shape) {
    variables = shape.variables();
    leads = shape.leads();
    first = new int[leads.length];
    for (int lead = 1; lead < leads.length; lead++) {
      first[lead] = first[lead - 1] + leads[lead - 1];
    }
    distances = new float[shape.outstanding() * variables * 3];
    forget();
  }

  boolean byNetwork() {
    return byNetwork;
  }

  /** Who makes the forecasts from here on. */
  void madeBy(boolean network) {
    if (byNetwork != network) {
      forget();
      byNetwork = network;
    }
  }

  /** Notes a forecast made at {@code step}. */
  void put(int variable, int lead, long step, double[] bounds) {
    int slot = slot(variable, lead, step);
    for (int i = 0; i < 3; i++) {
      distances[slot + i] = finite(bounds[i]);
    }
  }

  static float finite(double distance) {
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, distance));
  }

  /** Whether a forecast of {@code step} is there, and if so its lower bound, median and upper bound. */
  boolean due(int variable, int lead, Recent recent, double[] bounds) {
    int slot = slot(variable, lead, recent.steps() + 1);
    if (Float.isNaN(distances[slot])) {
      return false;
    }
    double origin = recent.value(variable, leads[lead] - 1);
    for (int i = 0; i < 3; i++) {
      bounds[i] = origin + distances[slot + i];
    }
    return true;
  }

  private int slot(int variable, int lead, long step) {
    return ((first[lead] + (int) (step % leads[lead])) * variables + variable) * 3;
  }

  void forget() {
    Arrays.fill(distances, Float.NaN);
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(byNetwork);
    Numbers.write(out, distances);
  }

  void read(DataInput in) throws IOException {
    byNetwork = in.readBoolean();
    Numbers.read(in, distances);
  }
}
