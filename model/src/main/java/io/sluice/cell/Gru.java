package io.sluice.cell;

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
 * Gates in the order r, z, n. Of {@code u}, n's part is kept for the way back.
 */
record Gru(int hidden) implements Cell {
  @Override
  public CellKind kind() {
    return CellKind.GRU;
  }

  @Override
  public void forward(Step before, Step now, int series) {
    int n = hidden;
    for (int s = 0; s < series; s++) {
      int at = 3 * n * s;
      join(now.z, now.u, at);
      Activations.sigmoid(now.z, at, 2 * n);
      reset(now.z, now.u, at, now.t, n * s);
    }
    Activations.tanh(now.t, now.t, series * n);
    for (int s = 0; s < series; s++) {
      blend(now, before.h, n * s);
    }
  }

  private void join(float[] z, float[] u, int at) {
    for (int j = at; j < at + 2 * hidden; j++) {
      z[j] += u[j];
    }
  }

  private void reset(float[] z, float[] u, int at, float[] t, int row) {
    int n = at + 2 * hidden;
    for (int j = 0; j < hidden; j++) {
      t[row + j] = Math.fma(z[at + j], u[n + j], z[n + j]);
    }
  }

  /** n + z·(h(t−1) − n): the same blend with one product less. */
  private void blend(Step now, float[] before, int row) {
    float[] z = now.z;
    float[] t = now.t;
    float[] h = now.h;
    int gate = 3 * row + hidden;
    for (int j = 0; j < hidden; j++) {
      h[row + j] = Math.fma(z[gate + j], before[row + j] - t[row + j], t[row + j]);
    }
  }

  @Override
  public void backward(Step before, Step now, Step d, int series) {
    int n = hidden;
    for (int s = 0; s < series; s++) {
      int at = 3 * n * s;
      for (int j = 0; j < n; j++) {
        int row = n * s + j;
        float r = now.z[at + j];
        float z = now.z[at + n + j];
        float candidate = now.t[row];
        float dh = d.h[row];
        float dn = dh * (1 - z) * (1 - candidate * candidate);
        float dr = dn * now.u[at + 2 * n + j] * r * (1 - r);
        float dz = dh * (before.h[row] - candidate) * z * (1 - z);
        d.z[at + j] = dr;
        d.z[at + n + j] = dz;
        d.z[at + 2 * n + j] = dn;
        d.u[at + j] = dr;
        d.u[at + n + j] = dz;
        d.u[at + 2 * n + j] = dn * r;
        d.h[row] = dh * z;
      }
    }
  }
}
