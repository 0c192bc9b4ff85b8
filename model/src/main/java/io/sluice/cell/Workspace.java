package io.sluice.cell;

/** Scratch for one thread at a time, made by {@code Network.workspace}; it remembers nothing between calls. */
public final class Workspace {
  final int series;

  /** Past inputs and this one, where there is a convolution. */
  final float[] window;

  final float[] x;
  final Step[] steps;
  final float[] y;

  Workspace(Network network, int series) {
    this.series = series;
    this.window = new float[series * network.windowSize()];
    this.x = new float[series * network.architecture().inputs()];
    this.steps = network.steps(series);
    this.y = new float[series * network.outputs()];
  }
}
