package io.sluice.cell;

/**
 * What a cell reads and writes in one step, for several series at once: blocks of floats, series after series.
 *
 * <pre>
 *   z      series × gates·H     sums in, as products make them; slopes of the sums out
 *   u      series × gates·H     the recurrent sums, where the cell keeps them apart (GRU); else the same array as z
 *   gate   gates × series × H   z gate by gate, so that every array of a formula has the same index; activations
 *   past   gates × series × H   u gate by gate; else the same arrays as gate
 *   c      series × H           c(t−1) in, c(t) out; empty where the cell has none
 *   t      series × H           tanh c(t), or the candidate
 *   h      series × H           h(t−1) in, h(t) out
 * </pre>
 *
 * <p>Serving steps in place, one Step for before and now. Training keeps one for each time step, and one more whose every
 * float is the loss's slope: dLoss/dz, dLoss/dc, and so on.
 */
public final class Step {
  final float[] z;
  final float[] u;
  final float[][] gate;
  final float[][] past;
  final float[] c;
  final float[] t;
  final float[] h;

  private final int hidden;

  public Step(Cell cell, int series) {
    this(cell, series, new float[series * cell.gates() * cell.hidden()], null);
  }

  private Step(Cell cell, int series, float[] z, float[] u) {
    hidden = cell.hidden();
    int block = series * hidden;
    this.z = z;
    this.u = !cell.sumsApart() ? z : u == null ? new float[z.length] : u;
    gate = new float[cell.gates()][block];
    past = cell.sumsApart() ? new float[cell.gates()][block] : gate;
    c = new float[cell.states() == 2 ? block : 0];
    t = new float[block];
    h = new float[block];
  }

  /** One more of this size, which shares z and u: they matter only while a step is made. */
  public Step next(Cell cell) {
    return new Step(cell, h.length / hidden, z, u);
  }

  /** The sums, series after series, to gates. */
  void split(int series) {
    split(z, gate, series);
    if (past != gate) {
      split(u, past, series);
    }
  }

  private void split(float[] z, float[][] gate, int series) {
    for (int s = 0, at = 0; s < series; s++) {
      for (float[] one : gate) {
        System.arraycopy(z, at, one, s * hidden, hidden);
        at += hidden;
      }
    }
  }

  /** The gates' slopes to slopes of the sums, series after series. */
  void join(int series) {
    join(gate, z, series);
    if (past != gate) {
      join(past, u, series);
    }
  }

  private void join(float[][] gate, float[] z, int series) {
    for (int s = 0, at = 0; s < series; s++) {
      for (float[] one : gate) {
        System.arraycopy(one, s * hidden, z, at, hidden);
        at += hidden;
      }
    }
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

  /** The activations of one gate, in the order of the cell, after a step forward. */
  public float[] gate(int g) {
    return gate[g];
  }
}
