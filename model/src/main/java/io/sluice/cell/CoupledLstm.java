package io.sluice.cell;

import static io.sluice.cell.Activations.sigmoid;
import static io.sluice.cell.Activations.sigmoidSlope;
import static io.sluice.cell.Activations.tanh;

import io.sluice.weights.CellKind;
import java.util.Arrays;

/**
 * An LSTM that takes in what it forgets.
 *
 * <pre>
 *   f, o = σ(z)   g = tanh(z)
 *   c = f·c(t−1) + (1 − f)·g
 *   h = o·tanh(c)
 * </pre>
 *
 * Gates in the order f, g, o.
 */
record CoupledLstm(int hidden) implements Cell {
  @Override
  public CellKind kind() {
    return CellKind.COUPLED;
  }

  @Override
  public void forward(Step before, Step now, int series) {
    int n = series * hidden;
    float[] f = now.gate[0];
    float[] g = now.gate[1];
    float[] o = now.gate[2];
    now.split(series);
    sigmoid(f, n);
    tanh(g, g, n);
    sigmoid(o, n);
    remember(f, before.c, g, now.c, n);
    tanh(now.c, now.t, n);
    Lstm.product(o, now.t, now.h, n);
  }

  private static void remember(float[] f, float[] before, float[] g, float[] c, int n) {
    for (int k = 0; k < n; k++) {
      c[k] = Math.fma(f[k], before[k], (1 - f[k]) * g[k]);
    }
  }

  @Override
  public void backward(Step before, Step now, Step d, int series) {
    int n = series * hidden;
    float[] f = now.gate[0];
    float[] g = now.gate[1];
    float[] o = now.gate[2];
    Lstm.through(d.h, o, now.t, d.c, n);
    difference(before.c, g, d.gate[0], n);
    sigmoidSlope(d.c, d.gate[0], f, d.gate[0], n);
    candidateSlope(d.c, f, g, d.gate[1], n);
    sigmoidSlope(d.h, now.t, o, d.gate[2], n);
    Lstm.product(f, d.c, d.c, n);
    Arrays.fill(d.h, 0, n, 0);
    d.join(series);
  }

  /** to = a − b. */
  static void difference(float[] a, float[] b, float[] to, int n) {
    for (int k = 0; k < n; k++) {
      to[k] = a[k] - b[k];
    }
  }

  private static void candidateSlope(float[] dc, float[] f, float[] g, float[] dz, int n) {
    for (int k = 0; k < n; k++) {
      dz[k] = dc[k] * (1 - f[k]) * (1 - g[k] * g[k]);
    }
  }
}
