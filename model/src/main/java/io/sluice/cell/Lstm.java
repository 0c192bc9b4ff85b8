package io.sluice.cell;

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
final class Lstm implements Cell {
  private final int hidden;
  private final float[] squash;

  Lstm(int hidden) {
    this.hidden = hidden;
    this.squash = new float[4 * hidden];
    Arrays.fill(squash, 0.5f);
    Arrays.fill(squash, 2 * hidden, 3 * hidden, 1f);
  }

  @Override
  public CellKind kind() {
    return CellKind.LSTM;
  }

  @Override
  public int hidden() {
    return hidden;
  }

  @Override
  public void forward(Step before, Step now, int series) {
    int n = hidden;
    for (int s = 0; s < series; s++) {
      Activations.squash(now.z, 4 * n * s, squash);
      remember(now.z, 4 * n * s, before.c, now.c, n * s);
    }
    Activations.tanh(now.c, now.t, series * n);
    for (int s = 0; s < series; s++) {
      show(now.z, 4 * n * s + 3 * n, now.t, now.h, n * s);
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
        float dc = Math.fma(dh * o, 1 - t * t, d.c[row]);
        d.z[at + j] = dc * g * i * (1 - i);
        d.z[at + n + j] = dc * before.c[row] * f * (1 - f);
        d.z[at + 2 * n + j] = dc * i * (1 - g * g);
        d.z[at + 3 * n + j] = dh * t * o * (1 - o);
        d.c[row] = dc * f;
        d.h[row] = 0;
      }
    }
  }
}
