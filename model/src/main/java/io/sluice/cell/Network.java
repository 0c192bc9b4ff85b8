package io.sluice.cell;

import io.sluice.weights.Architecture;
import io.sluice.weights.Tensors;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Immutable weights made ready to step, safe to share between threads; each thread brings a {@code Workspace} of its own.
 *
 * <p>The memory of a series is {@code stateSize()} floats, zeros at first:
 *
 * <pre>
 *   h, c of layer 0 │ h, c of layer 1 │ … │ the last width − 1 inputs, oldest first, with a convolution
 * </pre>
 *
 * <p>One step, a micro-batch over many series and a pass over a window give the same bits and allocate nothing. A
 * bidirectional network reads windows alone, has no memory from one to the next, and allocates.
 */
public final class Network {
  private final Architecture architecture;
  private final Convolution convolution;
  private final List<Layer> layers;
  private final BothWays bothWays;
  private final Readout readout;

  private Network(Architecture architecture, Tensors tensors) {
    this.architecture = architecture;
    this.convolution =
        architecture.convolution() > 0 ? Convolution.of(architecture, tensors) : null;
    this.layers = layers(architecture, tensors, "");
    this.bothWays =
        architecture.bidirectional()
            ? new BothWays(layers, layers(architecture, tensors, "_reverse"))
            : null;
    this.readout = Readout.of(architecture, tensors);
  }

  private static List<Layer> layers(Architecture shape, Tensors tensors, String direction) {
    return IntStream.range(0, shape.layers())
        .mapToObj(l -> Layer.of(shape, tensors, "_l" + l + direction))
        .toList();
  }

  /** Copies the weights; misses, misfits and leftovers among the tensors are named. */
  public static Network of(Architecture architecture, Tensors tensors) {
    architecture.check(tensors);
    return new Network(architecture, tensors);
  }

  public Architecture architecture() {
    return architecture;
  }

  /** Floats that one series remembers. */
  public int stateSize() {
    if (bothWays != null) {
      return 0;
    }
    Architecture a = architecture;
    int past = a.inputs() * Math.max(0, a.convolution() - 1);
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

  float[] answers(int series) {
    return readout.block(series);
  }

  Step[] steps(int series) {
    return layers.stream().map(layer -> new Step(layer.cell(), series)).toArray(Step[]::new);
  }

  /** One step of one series in place: memory in {@code state}, inputs in x, the answer in y. */
  public void step(float[] state, float[] x, float[] y, Workspace workspace) {
    check("outputs", y.length, outputs());
    advance(state, x, workspace);
    readout.read(last(workspace), workspace.y, 1);
    readout.copy(workspace.y, 0, y);
  }

  /** One step of many series: series s has its memory in {@code states[s]}, and so on. */
  public void step(float[][] states, float[][] xs, float[][] ys, Workspace workspace) {
    check("series of inputs", xs.length, states.length);
    check("series of outputs", ys.length, states.length);
    for (int from = 0; from < states.length; from += workspace.series) {
      int series = Math.min(workspace.series, states.length - from);
      for (int s = 0; s < series; s++) {
        load(states[from + s], xs[from + s], workspace, s);
        check("outputs", ys[from + s].length, outputs());
      }
      forward(workspace, series);
      readout.read(last(workspace), workspace.y, series);
      for (int s = 0; s < series; s++) {
        workspace.store(states[from + s], s);
        readout.copy(workspace.y, s, ys[from + s]);
      }
    }
  }

  /** One step of one series for its memory alone, without an answer. */
  public void advance(float[] state, float[] x, Workspace workspace) {
    load(state, x, workspace, 0);
    forward(workspace, 1);
    workspace.store(state, 0);
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
    if (bothWays != null) {
      readBothWays(xs, ys);
      return;
    }
    int silent = xs.length - ys.length;
    for (int t = 0; t < silent; t++) {
      advance(state, xs[t], workspace);
    }
    for (int t = silent; t < xs.length; t++) {
      step(state, xs[t], ys[t - silent], workspace);
    }
  }

  /** Runs free from x on: each answer is the next input. */
  public void runFree(float[] state, float[] x, float[][] ys, Workspace workspace) {
    check("outputs to take for inputs", outputs(), architecture.inputs());
    float[] input = x;
    for (float[] y : ys) {
      step(state, input, y, workspace);
      input = y;
    }
  }

  private void readBothWays(float[][] xs, float[][] ys) {
    for (float[] x : xs) {
      check("inputs", x.length, architecture.inputs());
    }
    float[][] hs = bothWays.read(convolution == null ? xs : convolution.over(xs));
    float[] block = readout.block(1);
    int silent = xs.length - ys.length;
    for (int t = silent; t < xs.length; t++) {
      check("outputs", ys[t - silent].length, outputs());
      readout.read(hs[t], block, 1);
      readout.copy(block, 0, ys[t - silent]);
    }
  }

  private void load(float[] state, float[] x, Workspace workspace, int s) {
    if (bothWays != null) {
      throw new IllegalArgumentException(
          "a bidirectional network reads windows, it cannot step: " + architecture);
    }
    check("floats of memory", state.length, stateSize());
    check("inputs", x.length, architecture.inputs());
    workspace.load(state, x, s);
  }

  private void forward(Workspace workspace, int series) {
    if (convolution != null) {
      convolution.forward(workspace.window, workspace.x, series);
    }
    float[] x = workspace.x;
    for (int l = 0; l < workspace.steps.length; l++) {
      Step step = workspace.steps[l];
      layers.get(l).forward(x, step, series);
      x = step.h;
    }
  }

  private static float[] last(Workspace workspace) {
    return workspace.steps[workspace.steps.length - 1].h;
  }

  private static void check(String what, int came, int expected) {
    if (came != expected) {
      throw new IllegalArgumentException("%d %s, expected %d".formatted(came, what, expected));
    }
  }
}
