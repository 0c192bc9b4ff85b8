package io.sluice.cell;

import static io.sluice.cell.Activations.sigmoid;
import static io.sluice.cell.Activations.sigmoidSlope;
import static io.sluice.cell.Activations.tanh;

import io.sluice.weights.CellKind;

/**
 * PyTorch's GRU: the reset gate acts on the recurrent sums, bias and all.
 *
 * <pre>
 *   r, z = σ(sums of x + sums of h)
 *   n = tanh(sum of x + r·sum of h)
 *   h = (1 − z)·n + z·h(t−1)
 * </pre>
 *
 * Gates in the order r, z, n.
 */
record Gru(int hidden) implements Cell {
  @Override
  public CellKind kind() {
    return CellKind.GRU;
  }

  @Override
  public void forward(Step before, Step now, int series) {
    int n = series * hidden;
    float[] r = now.gate[0];
    float[] z = now.gate[1];
    now.split(series);
    add(now.past[0], r, n);
    add(now.past[1], z, n);
    sigmoid(r, n);
    sigmoid(z, n);
    reset(r, now.past[2], now.gate[2], now.t, n);
    tanh(now.t, now.t, n);
    blend(z, before.h, now.t, now.h, n);
  }

  private static void add(float[] u, float[] z, int n) {
    for (int k = 0; k < n; k++) {
      z[k] += u[k];
    }
  }

  private static void reset(float[] r, float[] u, float[] z, float[] t, int n) {
    for (int k = 0; k < n; k++) {
      t[k] = Math.fma(r[k], u[k], z[k]);
    }
  }

  /** n + z·(h(t−1) − n): the same blend with one product less. */
  private static void blend(float[] z, float[] before, float[] t, float[] h, int n) {
    for (int k = 0; k < n; k++) {
      h[k] = Math.fma(z[k], before[k] - t[k], t[k]);
    }
  }

  @Override
  public void backward(Step before, Step now, Step d, int series) {
    int n = series * hidden;
    float[] r = now.gate[0];
    float[] z = now.gate[1];
    candidateSlope(d.h, z, now.t, d.gate[2], n);
    sigmoidSlope(d.gate[2], now.past[2], r, d.gate[0], n);
    CoupledLstm.difference(before.h, now.t, d.gate[1], n);
    sigmoidSlope(d.h, d.gate[1], z, d.gate[1], n);
    System.arraycopy(d.gate[0], 0, d.past[0], 0, n);
    System.arraycopy(d.gate[1], 0, d.past[1], 0, n);
    Lstm.product(d.gate[2], r, d.past[2], n);
    Lstm.product(d.h, z, d.h, n);
    d.join(series);
  }

  private static void candidateSlope(float[] dh, float[] z, float[] t, float[] dn, int n) {
    for (int k = 0; k < n; k++) {
      dn[k] = dh[k] * (1 - z[k]) * (1 - t[k] * t[k]);
    }
  }
}
