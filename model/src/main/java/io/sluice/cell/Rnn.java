package io.sluice.cell;

import io.sluice.weights.CellKind;

/** h = tanh(z). */
record Rnn(int hidden) implements Cell {
  @Override
  public CellKind kind() {
    return CellKind.RNN;
  }

  @Override
  public void forward(Step before, Step now, int series) {
    Activations.tanh(now.z, now.h, series * hidden);
  }

  @Override
  public void backward(Step before, Step now, Step d, int series) {
    float[] h = now.h;
    for (int j = 0; j < series * hidden; j++) {
      d.z[j] = d.h[j] * (1 - h[j] * h[j]);
      d.h[j] = 0;
    }
  }
}
