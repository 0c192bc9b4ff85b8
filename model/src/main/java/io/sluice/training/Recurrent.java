package io.sluice.training;

import io.sluice.cell.Cell;
import io.sluice.cell.Step;
import io.sluice.training.Matrix.Form;
import io.sluice.weights.Architecture;
import java.util.Arrays;

/**
 * One layer in one direction, through time and back. T steps, B rows, H hidden, G gates:
 *
 * <pre>
 *   in.x  (T·B, I)      W (G·H, I)   U (G·H, H)
 *   z     (T·B, G·H)    sums of x, and of h(t−1) too unless the cell keeps them apart; on the way back dz
 *   u     (T·B, G·H)    sums of h(t−1) where kept apart, on the way back du; else z
 *   h     (T·B + B, H)  the memory before the first step, and then each step's
 * </pre>
 *
 * <p>The sums of x and the gradients of W and U take all steps at once; U·h(t−1) and du·U wait for each other step by step.
 */
final class Recurrent implements Stage {
  private final Extent extent;
  private final boolean reverse;
  private final LayerWeights weights;
  private final Cell cell;

  private final Signal in;
  private final Signal out;
  private final Matrix z;
  private final Matrix u;
  private final Matrix before;

  private final Moment[] moments;
  private final Step[] memory;
  private final Step d;
  private final float[] dh;
  private Witness witness = (n, now, d) -> {};

  /** One step's rows of each matrix. */
  private record Moment(Matrix z, Matrix u, Matrix before, Matrix h, Matrix dh) {}

  Recurrent(Architecture shape, int layer, boolean reverse, Signal in, Extent extent) {
    this.extent = extent;
    this.reverse = reverse;
    this.in = in;
    String suffix = "_l" + layer + (reverse ? "_reverse" : "");
    weights = new LayerWeights(shape, layer, suffix, extent.rows());
    cell = weights.cell;
    int hidden = shape.hidden();
    z = new Matrix(extent.all(), cell.gates() * hidden);
    u = cell.sumsApart() ? new Matrix(z.rows, z.columns) : z;
    Matrix h = new Matrix(extent.all() + extent.rows(), hidden);
    before = h.rows(reverse ? extent.rows() : 0, extent.all());
    out = Signal.of(h.rows(reverse ? 0 : extent.rows(), extent.all()));
    moments = new Moment[extent.steps()];
    memory = new Step[extent.steps() + 1];
    memory[0] = new Step(cell, extent.rows());
    for (int n = 0; n < moments.length; n++) {
      moments[n] = moment(reverse ? extent.steps() - 1 - n : n);
      memory[n + 1] = memory[0].next(cell);
    }
    d = new Step(cell, extent.rows());
    dh = new float[d.h().length];
  }

  private Moment moment(int t) {
    int from = t * extent.rows();
    int count = extent.rows();
    return new Moment(
        z.rows(from, count),
        u.rows(from, count),
        before.rows(from, count),
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
    moments[0].before.put(memory[0].h());
  }

  @Override
  public void forward() {
    z.product(Form.A_BT, in.x(), weights.ofInput.matrix, 0);
    for (int n = 0; n < moments.length; n++) {
      forward(moments[n], memory[n], memory[n + 1]);
    }
  }

  private void forward(Moment at, Step before, Step now) {
    at.u.step(Form.A_BT, at.before, weights.ofMemory.matrix, cell.sumsApart() ? 0 : 1);
    at.z.get(now.z());
    if (cell.sumsApart()) {
      at.u.get(now.u());
    }
    weights.addBiases(now);
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
      if (n > 0) {
        moments[n - 1].dh.step(Form.A_B, moments[n].u, weights.ofMemory.matrix, 1);
      }
    }
    weights.ofMemory.gradient(u, before);
    weights.ofInput.gradient(z, in.x());
    if (in.wanted()) {
      in.dx().product(Form.A_B, z, weights.ofInput.matrix, reverse ? 1 : 0);
    }
  }

  private void backward(Moment at, Step before, Step now) {
    cell.backward(before, now, d, extent.rows());
    weights.gradient(before, now, d);
    at.z.put(d.z());
    if (cell.sumsApart()) {
      at.u.put(d.u());
    }
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
