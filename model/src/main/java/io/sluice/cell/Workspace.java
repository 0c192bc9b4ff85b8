package io.sluice.cell;

import io.sluice.weights.Architecture;

/** Scratch for one thread at a time, made by {@code Network.workspace}; it remembers nothing between calls. */
public final class Workspace {
  final int series;

  /** The past inputs and this one, series after series; without a convolution this one alone. */
  final float[] window;

  /** What the first layer sees. */
  final float[] x;

  final Step[] steps;
  final float[] y;

  private final int hidden;
  private final int inputs;

  Workspace(Network network, int series) {
    if (series < 1) {
      throw new IllegalArgumentException("a workspace for %d series".formatted(series));
    }
    Architecture shape = network.architecture();
    this.series = series;
    this.hidden = shape.hidden();
    this.inputs = shape.inputs();
    this.window = new float[series * inputs * Math.max(1, shape.convolution())];
    this.x = shape.convolution() > 0 ? new float[series * inputs] : window;
    this.steps = network.steps(series);
    this.y = network.answers(series);
  }

  /** Puts one series' memory and inputs into its place. */
  void load(float[] state, float[] input, int s) {
    int at = 0;
    for (Step step : steps) {
      System.arraycopy(state, at, step.h, s * hidden, hidden);
      at += hidden;
      if (step.c.length > 0) {
        System.arraycopy(state, at, step.c, s * hidden, hidden);
        at += hidden;
      }
    }
    int past = window.length / series - inputs;
    System.arraycopy(state, at, window, s * (past + inputs), past);
    System.arraycopy(input, 0, window, s * (past + inputs) + past, inputs);
  }

  /** Takes its memory out again. */
  void store(float[] state, int s) {
    int at = 0;
    for (Step step : steps) {
      System.arraycopy(step.h, s * hidden, state, at, hidden);
      at += hidden;
      if (step.c.length > 0) {
        System.arraycopy(step.c, s * hidden, state, at, hidden);
        at += hidden;
      }
    }
    int past = window.length / series - inputs;
    System.arraycopy(window, s * (past + inputs) + inputs, state, at, past);
  }
}
