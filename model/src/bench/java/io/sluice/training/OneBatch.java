package io.sluice.training;

import io.sluice.weights.Weights;

/** What a {@code Trainer} does with one batch, again and again: opened for measurement. */
public final class OneBatch implements AutoCloseable {
  private final Plan plan;
  private final Passes passes;
  private final Parameters w;
  private final Parameters dw;
  private final Descent descent;

  public OneBatch(Plan plan, Weights start, Windows windows) {
    this.plan = plan;
    int targets = windows.window(0).targets().length / windows.steps();
    Extent extent = new Extent(windows.steps(), windows.count());
    passes = new Passes(start.architecture(), plan, extent, targets);
    w = Parameters.of(start);
    dw = new Parameters(start.architecture());
    descent = plan.optimiser().begin(w.values.length);
    for (int row = 0; row < windows.count(); row++) {
      passes.put(row, windows.window(row), plan.burnIn());
    }
  }

  /** There, back, clipped, and a step of the optimiser. */
  public double step() throws InterruptedException {
    double loss = passes.gradient(w, dw);
    dw.clip(plan.clip());
    descent.step(w.values, dw.values, 1e-3);
    return loss;
  }

  @Override
  public void close() {
    passes.close();
  }
}
