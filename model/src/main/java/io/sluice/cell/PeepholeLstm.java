package io.sluice.cell;

import static io.sluice.cell.Activations.sigmoid;
import static io.sluice.cell.Activations.sigmoidSlope;
import static io.sluice.cell.Activations.tanh;
import static io.sluice.cell.Activations.tanhSlope;

import io.sluice.weights.CellKind;
import java.util.Arrays;

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
    int n = series * hidden;
    float[] i = now.gate[0];
    float[] f = now.gate[1];
    float[] g = now.gate[2];
    float[] o = now.gate[3];
    now.split(series);
    look(0, before.c, i, n);
    look(hidden, before.c, f, n);
    sigmoid(i, n);
    sigmoid(f, n);
    tanh(g, g, n);
    Lstm.remember(now, before.c, n);
    look(2 * hidden, now.c, o, n);
    sigmoid(o, n);
    tanh(now.c, now.t, n);
    Lstm.product(o, now.t, now.h, n);
  }

  /** z += p·c, or dc += p·dz. */
  private void look(int peephole, float[] c, float[] z, int n) {
    for (int row = 0; row < n; row += hidden) {
      for (int j = 0; j < hidden; j++) {
        z[row + j] = Math.fma(p[peephole + j], c[row + j], z[row + j]);
      }
    }
  }

  @Override
  public void backward(Step before, Step now, Step d, int series) {
    int n = series * hidden;
    float[] i = now.gate[0];
    float[] f = now.gate[1];
    float[] g = now.gate[2];
    float[] o = now.gate[3];
    sigmoidSlope(d.h, now.t, o, d.gate[3], n);
    look(2 * hidden, d.gate[3], d.c, n);
    Lstm.through(d.h, o, now.t, d.c, n);
    sigmoidSlope(d.c, g, i, d.gate[0], n);
    sigmoidSlope(d.c, before.c, f, d.gate[1], n);
    tanhSlope(d.c, i, g, d.gate[2], n);
    Lstm.product(f, d.c, d.c, n);
    look(0, d.gate[0], d.c, n);
    look(hidden, d.gate[1], d.c, n);
    Arrays.fill(d.h, 0, n, 0);
    d.join(series);
  }

  @Override
  public void accumulate(Step before, Step now, Step d, int series, float[] dp) {
    int n = series * hidden;
    accumulate(d.gate[0], before.c, n, 0, dp);
    accumulate(d.gate[1], before.c, n, hidden, dp);
    accumulate(d.gate[3], now.c, n, 2 * hidden, dp);
  }

  private void accumulate(float[] dz, float[] c, int n, int peephole, float[] dp) {
    for (int row = 0; row < n; row += hidden) {
      for (int j = 0; j < hidden; j++) {
        dp[peephole + j] = Math.fma(dz[row + j], c[row + j], dp[peephole + j]);
      }
    }
  }
}
