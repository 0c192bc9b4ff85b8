package io.sluice.cell;

import io.sluice.weights.CellKind;

/**
 * An LSTM whose gates look at the memory itself: i and f at the one before, o at the new one.
 *
 * <pre>
 *   i = σ(z + p·c(t−1))   f = σ(z + p·c(t−1))   g = tanh(z)
 *   c = f·c(t−1) + i·g
 *   o = σ(z + p·c)
 *   h = o·tanh(c)
 * </pre>
 *
 * Gates in the order i, f, g, o; peepholes in the order i, f, o.
 */
final class PeepholeLstm implements Cell {
  private final int hidden;
  private final float[] p;

  PeepholeLstm(int hidden, float[] peepholes) {
    if (peepholes.length != 3 * hidden) {
      throw new IllegalArgumentException(
          "%d peepholes for %d hidden, expected %d"
              .formatted(peepholes.length, hidden, 3 * hidden));
    }
    this.hidden = hidden;
    this.p = peepholes;
  }

  @Override
  public CellKind kind() {
    return CellKind.PEEPHOLE;
  }

  @Override
  public int hidden() {
    return hidden;
  }

  @Override
  public void forward(Step before, Step now, int series) {
    int n = hidden;
    for (int s = 0; s < series; s++) {
      int at = 4 * n * s;
      look(now.z, at, 0, before.c, n * s);
      look(now.z, at + n, n, before.c, n * s);
      Activations.sigmoid(now.z, at, 2 * n);
      Activations.tanh(now.z, at + 2 * n, n);
      remember(now.z, at, before.c, now.c, n * s);
      look(now.z, at + 3 * n, 2 * n, now.c, n * s);
      Activations.sigmoid(now.z, at + 3 * n, n);
    }
    Activations.tanh(now.c, now.t, series * n);
    for (int s = 0; s < series; s++) {
      show(now.z, 4 * n * s + 3 * n, now.t, now.h, n * s);
    }
  }

  private void look(float[] z, int gate, int peephole, float[] c, int row) {
    for (int j = 0; j < hidden; j++) {
      z[gate + j] = Math.fma(p[peephole + j], c[row + j], z[gate + j]);
    }
  }

  private void remember(float[] z, int at, float[] before, float[] c, int row) {
    int i = at;
    int f = at + hidden;
    int g = at + 2 * hidden;
    for (int j = 0; j < hidden; j++) {
      c[row + j] = Math.fma(z[f + j], before[row + j], z[i + j] * z[g + j]);
    }
  }

  private void show(float[] z, int o, float[] t, float[] h, int row) {
    for (int j = 0; j < hidden; j++) {
      h[row + j] = z[o + j] * t[row + j];
    }
  }

  @Override
  public void backward(Step before, Step now, Step d, int series) {
    int n = hidden;
    for (int s = 0; s < series; s++) {
      int at = 4 * n * s;
      for (int j = 0; j < n; j++) {
        int row = n * s + j;
        float i = now.z[at + j];
        float f = now.z[at + n + j];
        float g = now.z[at + 2 * n + j];
        float o = now.z[at + 3 * n + j];
        float t = now.t[row];
        float dh = d.h[row];
        float dzo = dh * t * o * (1 - o);
        float dc = Math.fma(dh * o, 1 - t * t, Math.fma(dzo, p[2 * n + j], d.c[row]));
        float dzi = dc * g * i * (1 - i);
        float dzf = dc * before.c[row] * f * (1 - f);
        d.z[at + j] = dzi;
        d.z[at + n + j] = dzf;
        d.z[at + 2 * n + j] = dc * i * (1 - g * g);
        d.z[at + 3 * n + j] = dzo;
        d.c[row] = Math.fma(dc, f, Math.fma(dzi, p[j], dzf * p[n + j]));
        d.h[row] = 0;
      }
    }
  }

  @Override
  public void accumulate(Step before, Step now, Step d, float[] dp) {
    int n = hidden;
    for (int s = 0; s < d.h.length / n; s++) {
      int at = 4 * n * s;
      for (int j = 0; j < n; j++) {
        float c = before.c[n * s + j];
        dp[j] = Math.fma(d.z[at + j], c, dp[j]);
        dp[n + j] = Math.fma(d.z[at + n + j], c, dp[n + j]);
        dp[2 * n + j] = Math.fma(d.z[at + 3 * n + j], now.c[n * s + j], dp[2 * n + j]);
      }
    }
  }
}
