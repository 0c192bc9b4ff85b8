package io.sluice.cell;

import io.sluice.weights.Architecture;
import io.sluice.weights.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * Immutable weights made ready to step, safe to share between threads; each thread brings a {@code Workspace} of its own.
 *
 * <p>The memory of a series is {@code stateSize()} floats, zeros at first:
 *
 * <pre>
 *   h, c of layer 0 │ h, c of layer 1 │ … │ the last width − 1 inputs, oldest first, with a convolution
 * </pre>
 *
 * <p>One step, a micro-batch over many series and a pass over a window give the same bits. Nothing is allocated.
 */
public final class Network {
  private final Architecture architecture;
  private final Convolution convolution;
  private final List<Layer> layers;
  private final Readout readout;

  private Network(Architecture architecture, Tensors tensors) {
    this.architecture = architecture;
    this.convolution =
        architecture.convolution() > 0 ? Convolution.of(architecture, tensors) : null;
    List<Layer> layers = new ArrayList<>();
    for (int l = 0; l < architecture.layers(); l++) {
      layers.add(Layer.of(architecture, tensors, "_l" + l));
    }
    this.layers = List.copyOf(layers);
    this.readout = Readout.of(architecture, tensors);
  }

  /** Copies the weights; misses, misfits and leftovers among the tensors are named. */
  public static Network of(Architecture architecture, Tensors tensors) {
    architecture.check(tensors);
    if (architecture.bidirectional()) {
      throw new IllegalArgumentException(
          "a bidirectional network reads whole windows: " + architecture);
    }
    return new Network(architecture, tensors);
  }

  public Architecture architecture() {
    return architecture;
  }

  /** Floats that one series remembers. */
  public int stateSize() {
    Architecture a = architecture;
    int past = convolution == null ? 0 : convolution.remembered();
    return a.layers() * a.cell().states() * a.hidden() + past;
  }

  /** Floats of one answer. */
  public int outputs() {
    return readout.outputs();
  }

  /** Scratch for single steps and windows. */
  public Workspace workspace() {
    return workspace(1);
  }

  /** Scratch for so many series at once; larger micro-batches go through in turns. */
  public Workspace workspace(int series) {
    return new Workspace(this, series);
  }

  int windowSize() {
    return convolution == null ? 0 : convolution.rows().inputs();
  }

  Step[] steps(int series) {
    return layers.stream().map(layer -> new Step(layer.cell(), series)).toArray(Step[]::new);
  }

  /** One step of one series in place: memory in {@code state}, inputs in x, the answer in y. */
  public void step(float[] state, float[] x, float[] y, Workspace workspace) {
    check(state, x);
    check(y);
    load(state, x, workspace, 0);
    read(forward(workspace, 1), workspace, 1);
    store(state, workspace, 0);
    System.arraycopy(workspace.y, 0, y, 0, outputs());
  }

  /** One step of many series: series s has its memory in {@code states[s]}, and so on. */
  public void step(float[][] states, float[][] xs, float[][] ys, Workspace workspace) {
    for (int s = 0; s < states.length; s++) {
      check(states[s], xs[s]);
      check(ys[s]);
    }
    for (int from = 0; from < states.length; from += workspace.series) {
      int series = Math.min(workspace.series, states.length - from);
      for (int s = 0; s < series; s++) {
        load(states[from + s], xs[from + s], workspace, s);
      }
      read(forward(workspace, series), workspace, series);
      for (int s = 0; s < series; s++) {
        store(states[from + s], workspace, s);
        System.arraycopy(workspace.y, s * outputs(), ys[from + s], 0, outputs());
      }
    }
  }

  /**
   * A pass over a window, oldest inputs first. The answers to the last {@code ys.length} steps land in ys: all of them, the
   * last alone, or none, to move the memory only.
   */
  public void window(float[] state, float[][] xs, float[][] ys, Workspace workspace) {
    if (ys.length > xs.length) {
      throw new IllegalArgumentException(
          "%d answers wanted of %d steps".formatted(ys.length, xs.length));
    }
    int silent = xs.length - ys.length;
    for (int t = 0; t < xs.length; t++) {
      check(state, xs[t]);
      load(state, xs[t], workspace, 0);
      float[] h = forward(workspace, 1);
      store(state, workspace, 0);
      if (t >= silent) {
        read(h, workspace, 1);
        System.arraycopy(workspace.y, 0, ys[t - silent], 0, outputs());
      }
    }
  }

  /** Runs free from x on: each answer is the next input. */
  public void runFree(float[] state, float[] x, float[][] ys, Workspace workspace) {
    if (outputs() != architecture.inputs()) {
      throw new IllegalArgumentException(
          "a network of %d inputs cannot take its %d outputs for them"
              .formatted(architecture.inputs(), outputs()));
    }
    float[] input = x;
    for (float[] y : ys) {
      step(state, input, y, workspace);
      input = y;
    }
  }

  private void load(float[] state, float[] x, Workspace workspace, int series) {
    int n = architecture.hidden();
    int at = 0;
    for (Step step : workspace.steps) {
      System.arraycopy(state, at, step.h, series * n, n);
      at += n;
      if (architecture.cell().states() == 2) {
        System.arraycopy(state, at, step.c, series * n, n);
        at += n;
      }
    }
    if (convolution == null) {
      System.arraycopy(x, 0, workspace.x, series * x.length, x.length);
      return;
    }
    int past = convolution.remembered();
    int window = series * (past + x.length);
    System.arraycopy(state, at, workspace.window, window, past);
    System.arraycopy(x, 0, workspace.window, window + past, x.length);
  }

  private float[] forward(Workspace workspace, int series) {
    if (convolution != null) {
      convolution.forward(workspace.window, workspace.x, series);
    }
    float[] x = workspace.x;
    for (int l = 0; l < workspace.steps.length; l++) {
      Step step = workspace.steps[l];
      layers.get(l).forward(x, step, series);
      x = step.h;
    }
    return x;
  }

  private void read(float[] h, Workspace workspace, int series) {
    readout.read(h, workspace.y, series);
  }

  private void store(float[] state, Workspace workspace, int series) {
    int n = architecture.hidden();
    int at = 0;
    for (Step step : workspace.steps) {
      System.arraycopy(step.h, series * n, state, at, n);
      at += n;
      if (architecture.cell().states() == 2) {
        System.arraycopy(step.c, series * n, state, at, n);
        at += n;
      }
    }
    if (convolution != null) {
      int past = convolution.remembered();
      int newest = (series + 1) * (past + architecture.inputs()) - past;
      System.arraycopy(workspace.window, newest, state, at, past);
    }
  }

  private void check(float[] state, float[] x) {
    if (state.length != stateSize() || x.length != architecture.inputs()) {
      throw new IllegalArgumentException(
          "a memory of %d floats and %d inputs, expected %d and %d"
              .formatted(state.length, x.length, stateSize(), architecture.inputs()));
    }
  }

  private void check(float[] y) {
    if (y.length != outputs()) {
      throw new IllegalArgumentException(
          "room for %d outputs, expected %d".formatted(y.length, outputs()));
    }
  }
}
