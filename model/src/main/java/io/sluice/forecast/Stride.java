package io.sluice.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How far each variable usually goes, as the root of its mean squared change, within one step and within each lead: the units that changes are told in, so that an
 * hour ahead and a day ahead weigh alike.
 *
 * <pre>
 *   mean change² f64 × variables × (1 + leads) │ count i32 × variables × (1 + leads)
 * </pre>
 */
final class Stride {
  /** Changes beyond which the mean forgets. */
  private static final int SPAN = 1000;

  /** A change counts as at most so many spreads of the variable. */
  private static final double FAR = 4;

  /** A stride is never less than this share of the spread: it sets a unit, not a promise. */
  private static final double LEAST = 0.01;

  private final int[] leads;
  private final int variables;
  private final double[] square;
  private final int[] count;

  Stride(Shape shape) {
    leads = shape.leads();
    variables = shape.variables();
    square = new double[variables * (1 + leads.length)];
    count = new int[square.length];
  }

  /** Within one step. */
  double step(int variable, Normaliser normaliser) {
    return bounded(variable * (1 + leads.length), normaliser.scale(variable));
  }

  /** Within a lead. */
  double lead(int variable, int lead, Normaliser normaliser) {
    return bounded(variable * (1 + leads.length) + 1 + lead, normaliser.scale(variable));
  }

  private double bounded(int index, double scale) {
    return count[index] == 0
        ? scale
        : Math.max(LEAST * scale, Math.min(FAR * scale, Math.sqrt(square[index])));
  }

  /** Learns from the newest step, where it and the one that far back were really read. */
  void learn(Recent recent, Normaliser normaliser) {
    for (int variable = 0; variable < variables; variable++) {
      int index = variable * (1 + leads.length);
      double most = FAR * normaliser.scale(variable);
      learn(index, variable, 1, recent, most);
      for (int lead = 0; lead < leads.length; lead++) {
        learn(index + 1 + lead, variable, leads[lead], recent, most);
      }
    }
  }

  private void learn(int index, int variable, int ago, Recent recent, double most) {
    if (recent.known() > ago && recent.real(variable, 0) && recent.real(variable, ago)) {
      double way = Math.abs(recent.value(variable, 0) - recent.value(variable, ago));
      double change = Math.min(way, most);
      count[index] = Math.min(count[index] + 1, SPAN);
      square[index] += (change * change - square[index]) / count[index];
    }
  }

  void write(DataOutput out) throws IOException {
    Numbers.write(out, square);
    Numbers.write(out, count);
  }

  void read(DataInput in) throws IOException {
    Numbers.read(in, square);
    Numbers.read(in, count);
  }
}
