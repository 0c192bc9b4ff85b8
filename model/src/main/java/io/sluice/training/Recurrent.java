package io.sluice.training;

import io.sluice.cell.Cell;
import io.sluice.cell.Step;
import io.sluice.weights.Architecture;
import java.util.Arrays;

/**
 * One layer in one direction, through time and back. T steps, B rows, H hidden, G gates:
 *
 * <pre>
 *   in.x (T·B, I)   W (G·H, I)   U (G·H, H)   out.x (T·B, H)
 *   memory[n]       what the cell leaves after n steps, for B rows; memory[0] that before the first
 *   d               the slopes of the step that is on its way back
 * </pre>
 *
 * <p>Everything of a step is done while its sums are in the processor's cache: on the way back what it teaches W and U too.
 */
final class Recurrent implements Stage {
  private final Extent extent;
  private final boolean reverse;
  private final LayerWeights weights;
  private final Cell cell;

  private final Signal in;
  private final Signal out;

  private final Moment[] moments;
  private final Step[] memory;
  private final Step d;
  private final float[] x;
  private final float[] dx;
  private final float[] dh;
  private Witness witness = (n, now, d) -> {};

  /** One step's rows of each matrix. */
  private record Moment(Matrix x, Matrix dx, Matrix h, Matrix dh) {}

  Recurrent(Architecture shape, int layer, boolean reverse, Signal in, Extent extent) {
    this.extent = extent;
    this.reverse = reverse;
    this.in = in;
    String suffix = "_l" + layer + (reverse ? "_reverse" : "");
    weights = new LayerWeights(shape, layer, suffix, extent.rows());
    cell = weights.cell;
    out = Signal.of(new Matrix(extent.all(), shape.hidden()));
    moments = new Moment[extent.steps()];
    memory = new Step[extent.steps() + 1];
    memory[0] = new Step(cell, extent.rows());
    for (int n = 0; n < moments.length; n++) {
      moments[n] = moment(reverse ? extent.steps() - 1 - n : n);
      memory[n + 1] = memory[0].next(cell);
    }
    d = new Step(cell, extent.rows());
    x = new float[extent.rows() * in.x().columns];
    dx = new float[x.length];
    dh = new float[d.h().length];
  }

  private Moment moment(int t) {
    int from = t * extent.rows();
    int count = extent.rows();
    return new Moment(
        in.x().rows(from, count),
        in.dx().rows(from, count),
        out.x().rows(from, count),
        out.dx().rows(from, count));
  }

  @Override
  public Signal out() {
    return out;
  }

  @Override
  public void load(Parameters w) {
    weights.load(w);
  }

  @Override
  public void forward() {
    for (int n = 0; n < moments.length; n++) {
      forward(moments[n], memory[n], memory[n + 1]);
    }
  }

  private void forward(Moment at, Step before, Step now) {
    at.x.get(x);
    weights.sums(x, before, now);
    cell.forward(before, now, extent.rows());
    at.h.put(now.h());
  }

  /** Somebody who looks on while slopes travel back. */
  void shownTo(Witness witness) {
    this.witness = witness;
  }

  @Override
  public void backward() {
    Arrays.fill(d.h(), 0);
    Arrays.fill(d.c(), 0);
    for (int n = moments.length - 1; n >= 0; n--) {
      moments[n].dh.get(dh);
      Parameters.add(dh, d.h());
      witness.sees(n, memory[n + 1], d);
      backward(moments[n], memory[n], memory[n + 1]);
    }
  }

  private void backward(Moment at, Step before, Step now) {
    cell.backward(before, now, d, extent.rows());
    at.x.get(x);
    weights.gradient(x, before, now, d);
    weights.toMemory(d);
    if (in.wanted()) {
      toInput(at.dx);
    }
  }

  /** Where both directions read the same input, the reverse one comes second and adds. */
  private void toInput(Matrix to) {
    if (reverse) {
      to.get(dx);
    } else {
      Arrays.fill(dx, 0);
    }
    weights.toInput(d, dx);
    to.put(dx);
  }

  @Override
  public void unload(Parameters dw) {
    weights.unload(dw);
  }

  @Override
  public void carry() {
    Step last = memory[memory.length - 1];
    System.arraycopy(last.h(), 0, memory[0].h(), 0, last.h().length);
    System.arraycopy(last.c(), 0, memory[0].c(), 0, last.c().length);
  }

  @Override
  public void forget() {
    Arrays.fill(memory[0].h(), 0);
    Arrays.fill(memory[0].c(), 0);
  }

  /** Looks at the slopes while they travel back. */
  interface Witness {
    /** d.h and d.c are the slopes of the loss by the memory after step n, {@code now}; d.c without what o·tanh(c) adds. */
    void sees(int n, Step now, Step d);
  }
}
