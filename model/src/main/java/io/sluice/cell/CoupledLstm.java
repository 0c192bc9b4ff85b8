package io.sluice.cell;

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
final class CoupledLstm implements Cell {
  private final int hidden;
  private final float[] squash;

  CoupledLstm(int hidden) {
    this.hidden = hidden;
    this.squash = new float[3 * hidden];
    Arrays.fill(squash, 0.5f);
    Arrays.fill(squash, hidden, 2 * hidden, 1f);
  }

  @Override
  public CellKind kind() {
    return CellKind.COUPLED;
  }

  @Override
  public int hidden() {
    return hidden;
  }

  @Override
  public void forward(Step before, Step now, int series) {
    int n = hidden;
    for (int s = 0; s < series; s++) {
      Activations.squash(now.z, 3 * n * s, squash);
      remember(now.z, 3 * n * s, before.c, now.c, n * s);
    }
    Activations.tanh(now.c, now.t, series * n);
    for (int s = 0; s < series; s++) {
      show(now.z, 3 * n * s + 2 * n, now.t, now.h, n * s);
    }
  }

  private void remember(float[] z, int f, float[] before, float[] c, int row) {
    int g = f + hidden;
    for (int j = 0; j < hidden; j++) {
      c[row + j] = Math.fma(z[f + j], before[row + j], (1 - z[f + j]) * z[g + j]);
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
      int at = 3 * n * s;
      for (int j = 0; j < n; j++) {
        int row = n * s + j;
        float f = now.z[at + j];
        float g = now.z[at + n + j];
        float o = now.z[at + 2 * n + j];
        float t = now.t[row];
        float dh = d.h[row];
        float dc = Math.fma(dh * o, 1 - t * t, d.c[row]);
        d.z[at + j] = dc * (before.c[row] - g) * f * (1 - f);
        d.z[at + n + j] = dc * (1 - f) * (1 - g * g);
        d.z[at + 2 * n + j] = dh * t * o * (1 - o);
        d.c[row] = dc * f;
        d.h[row] = 0;
      }
    }
  }
}
