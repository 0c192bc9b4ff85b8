package io.sluice.training;

import io.sluice.cell.Step;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Weights;
import java.util.List;

/**
 * How far back the loss at the last step of a window is felt in the last layer's memory.
 *
 * <pre>
 *   c(t−1) ──·f──► c(t) ──·f──► c(t+1)      the straight way: a product of gates, no weights
 *      │            ▲ │            ▲
 *      ▼            │ ▼            │
 *   h(t−1) ─► gates ┘ h(t) ─► gates┘        the other ways, through weights and squashing
 * </pre>
 *
 * <p>Each array goes by lag, 0 being the last step; norms are over all units and windows.
 *
 * @param h the norm of dLoss/dh
 * @param c the norm of dLoss/dc; zeros where the cell has no c
 * @param direct the share of dLoss/dc that came from the next step's c and not by way of h, 0 to 1; zeros likewise
 * @param straight the share that never left the straight way since the last step: c → c through the forget gates, in a GRU
 *     h → h through z, in a plain RNN there is none
 */
public record GradientReach(double[] h, double[] c, double[] direct, double[] straight) {

  public static GradientReach of(Weights weights, Loss loss, Windows windows) {
    Architecture architecture = weights.architecture();
    if (architecture.bidirectional() || architecture.cell() == CellKind.PEEPHOLE) {
      throw new IllegalArgumentException(
          "one direction and a straight way are needed, not " + architecture);
    }
    Batch batch = lastStepAlone(windows, architecture.inputs());
    Bptt bptt = new Bptt(architecture, loss, new Extent(batch.steps, batch.rows));
    Look look = new Look(architecture, batch.steps);
    List<Recurrent> layers = bptt.recurrent();
    layers.get(layers.size() - 1).shownTo(look);
    bptt.gradient(Parameters.of(weights), batch, new Parameters(architecture));
    return new GradientReach(look.h, look.c, look.direct, look.straight);
  }

  private static Batch lastStepAlone(Windows windows, int inputs) {
    int targets = windows.window(0).targets().length / windows.steps();
    Batch batch = new Batch(windows.steps(), windows.count(), inputs, targets);
    for (int row = 0; row < windows.count(); row++) {
      batch.put(row, windows.window(row), windows.steps() - 1);
    }
    batch.normalise(batch.weight());
    return batch;
  }

  /** Follows the slopes back. */
  private static final class Look implements Recurrent.Witness {
    private final CellKind cell;
    private final double[] h;
    private final double[] c;
    private final double[] direct;
    private final double[] straight;

    /** What has come the straight way so far. */
    private double[] way;

    Look(Architecture architecture, int steps) {
      cell = architecture.cell();
      h = new double[steps];
      c = new double[steps];
      direct = new double[steps];
      straight = new double[steps];
    }

    @Override
    public void sees(int n, Step now, Step d) {
      int lag = h.length - 1 - n;
      double[] slope = slope(now, d);
      way = lag == 0 ? slope.clone() : way;
      h[lag] = norm(widen(d.h()));
      c[lag] = cell.states() == 2 ? norm(slope) : 0;
      direct[lag] = share(widen(d.c()), slope);
      straight[lag] = share(way, slope);
      for (int k = 0; k < slope.length; k++) {
        way[k] *= kept(now, k);
      }
    }

    /** dLoss/dc, all of it: by way of c(t+1) and by way of h(t); dLoss/dh where there is no c. */
    private double[] slope(Step now, Step d) {
      if (cell.states() == 1) {
        return widen(d.h());
      }
      float[] o = now.gate(cell.gates() - 1);
      double[] slope = new double[o.length];
      for (int k = 0; k < slope.length; k++) {
        double t = Math.tanh(now.c()[k]);
        slope[k] = d.c()[k] + d.h()[k] * o[k] * (1 - t * t);
      }
      return slope;
    }

    /** The factor by which a unit's memory goes straight on. */
    private double kept(Step now, int k) {
      return switch (cell) {
        case LSTM, GRU -> now.gate(1)[k];
        case COUPLED -> now.gate(0)[k];
        default -> 0;
      };
    }

    /** How much of a sum a part is: its norm against its own and the rest's. */
    private static double share(double[] part, double[] sum) {
      double[] rest = sum.clone();
      for (int k = 0; k < part.length; k++) {
        rest[k] -= part[k];
      }
      double along = norm(part);
      return along == 0 ? 0 : along / (along + norm(rest));
    }

    private static double[] widen(float[] floats) {
      double[] doubles = new double[floats.length];
      for (int k = 0; k < doubles.length; k++) {
        doubles[k] = floats[k];
      }
      return doubles;
    }

    private static double norm(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value * value;
      }
      return Math.sqrt(sum);
    }
  }
}
