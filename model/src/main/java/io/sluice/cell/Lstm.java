package io.sluice.cell;

import static io.sluice.cell.Activations.sigmoid;
import static io.sluice.cell.Activations.sigmoidSlope;
import static io.sluice.cell.Activations.tanh;
import static io.sluice.cell.Activations.tanhSlope;

import io.sluice.weights.CellKind;
import java.util.Arrays;

/**
 * <pre>
 *   i, f, o = σ(z)   g = tanh(z)
 *   c = f·c(t−1) + i·g
 *   h = o·tanh(c)
 * </pre>
 *
 * Gates in the order i, f, g, o.
 */
record Lstm(int hidden) implements Cell {
  @Override
  public CellKind kind() {
    return CellKind.LSTM;
  }

  @Override
  public void forward(Step before, Step now, int series) {
    int n = series * hidden;
    float[] i = now.gate[0];
    float[] f = now.gate[1];
    float[] g = now.gate[2];
    float[] o = now.gate[3];
    now.split(series);
    sigmoid(i, n);
    sigmoid(f, n);
    tanh(g, g, n);
    sigmoid(o, n);
    remember(now, before.c, n);
    tanh(now.c, now.t, n);
    product(o, now.t, now.h, n);
  }

  static void remember(Step now, float[] before, int n) {
    float[] i = now.gate[0];
    float[] f = now.gate[1];
    float[] g = now.gate[2];
    float[] c = now.c;
    for (int k = 0; k < n; k++) {
      c[k] = Math.fma(f[k], before[k], i[k] * g[k]);
    }
  }

  /** to = a·b. */
  static void product(float[] a, float[] b, float[] to, int n) {
    for (int k = 0; k < n; k++) {
      to[k] = a[k] * b[k];
    }
  }

  @Override
  public void backward(Step before, Step now, Step d, int series) {
    int n = series * hidden;
    float[] i = now.gate[0];
    float[] f = now.gate[1];
    float[] g = now.gate[2];
    float[] o = now.gate[3];
    through(d.h, o, now.t, d.c, n);
    sigmoidSlope(d.c, g, i, d.gate[0], n);
    sigmoidSlope(d.c, before.c, f, d.gate[1], n);
    tanhSlope(d.c, i, g, d.gate[2], n);
    sigmoidSlope(d.h, now.t, o, d.gate[3], n);
    product(f, d.c, d.c, n);
    Arrays.fill(d.h, 0, n, 0);
    d.join(series);
  }

  /** dc += dh·o·tanh′(c), where t = tanh(c). */
  static void through(float[] dh, float[] o, float[] t, float[] dc, int n) {
    for (int k = 0; k < n; k++) {
      dc[k] = Math.fma(dh[k] * o[k], 1 - t[k] * t[k], dc[k]);
    }
  }
}
