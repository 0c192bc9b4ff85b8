package io.sluice.cell;

/**
 * What a cell reads and writes in one step, for several series at once: blocks of floats, series after series.
 *
 * <pre>
 *   z   series × gates·H   sums in, activations out
 *   u   series × gates·H   the recurrent sums, where the cell keeps them apart (GRU); else the same array as z
 *   c   series × H         c(t−1) in, c(t) out; empty where the cell has none
 *   t   series × H         tanh c(t), or scratch
 *   h   series × H         h(t−1) in, h(t) out
 * </pre>
 *
 * <p>Serving steps in place, one Step for before and now. Training keeps one for each time step, and one more whose every
 * float is the loss's slope: dLoss/dz, dLoss/dc, and so on.
 */
public final class Step {
  final float[] z;
  final float[] u;
  final float[] c;
  final float[] t;
  final float[] h;

  public Step(Cell cell, int series) {
    z = new float[series * cell.gates() * cell.hidden()];
    u = cell.sumsApart() ? new float[z.length] : z;
    c = new float[cell.states() == 2 ? series * cell.hidden() : 0];
    t = new float[series * cell.hidden()];
    h = new float[series * cell.hidden()];
  }

  public float[] z() {
    return z;
  }

  public float[] u() {
    return u;
  }

  public float[] c() {
    return c;
  }

  public float[] h() {
    return h;
  }
}
