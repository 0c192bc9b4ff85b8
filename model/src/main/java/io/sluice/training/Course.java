package io.sluice.training;

import io.sluice.weights.Architecture;
import io.sluice.weights.Weights;
import java.util.SplittableRandom;

/** Training under way: the weights, what the optimiser and the schedule remember, and the passes that bring gradients. */
final class Course implements AutoCloseable {
  private final Plan plan;
  private final Windows windows;
  private final int batch;
  private final Passes passes;

  private final Parameters w;
  private final Parameters dw;
  private final Descent descent;
  private final Schedule.Pace pace;
  private int step;

  Course(Plan plan, Weights start, Windows windows) {
    check(plan, start.architecture(), windows);
    this.plan = plan;
    this.windows = windows;
    w = Parameters.of(start);
    dw = new Parameters(start.architecture());
    descent = plan.optimiser().begin(w.values.length);
    pace = plan.schedule().begin();
    batch = Math.min(plan.batch(), windows.count());
    Extent extent = new Extent(windows.steps(), batch);
    int targets = windows.window(0).targets().length / windows.steps();
    passes = new Passes(start.architecture(), plan, extent, targets);
  }

  private static void check(Plan plan, Architecture architecture, Windows windows) {
    if (windows.count() == 0) {
      throw new IllegalArgumentException("no windows to learn from");
    }
    if (plan.burnIn() >= windows.steps()) {
      throw new IllegalArgumentException(
          "a burn-in of %d steps leaves nothing to learn from of windows of %d"
              .formatted(plan.burnIn(), windows.steps()));
    }
    if (plan.carried() && architecture.bidirectional()) {
      throw new IllegalArgumentException(
          "a bidirectional network reads whole windows, its memory cannot be carried");
    }
    if (plan.carried() && windows.count() % plan.batch() != 0) {
      throw new IllegalArgumentException(
          "%d windows do not carry their memory on in batches of %d"
              .formatted(windows.count(), plan.batch()));
    }
  }

  Parameters weights() {
    return w;
  }

  /** Every window once, in the order the plan asks for. */
  Epoch epoch(int number, SplittableRandom random, Windows heldOut) throws InterruptedException {
    long start = System.nanoTime();
    int[] order = order(random);
    Windows now = windows.epoch(number);
    Tally tally = new Tally();
    passes.forget();
    for (int from = 0; from < order.length; from += batch) {
      fill(now, order, from);
      step(tally);
    }
    double later = heldOut.count() == 0 ? Double.NaN : loss(heldOut);
    pace.heard(Double.isNaN(later) ? tally.loss() : later);
    long steps = (long) windows.count() * windows.steps();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Epoch(number, tally.loss(), later, tally.norm, steps, tally.skipped, seconds);
  }

  private void step(Tally tally) throws InterruptedException {
    double weight = passes.weight();
    if (weight == 0) {
      passOver();
      return;
    }
    double loss = passes.gradient(w, dw);
    if (plan.carried()) {
      passes.carry();
    }
    double norm = dw.norm();
    double rate = pace.rate(step++);
    if (!Double.isFinite(norm) || !Double.isFinite(loss)) {
      tally.skipped++;
      passes.forget();
      return;
    }
    tally.add(loss, weight, norm);
    dw.clip(plan.clip());
    descent.step(w.values, dw.values, rate);
  }

  /** Nothing to learn, yet a carried memory reads on. */
  private void passOver() throws InterruptedException {
    if (plan.carried()) {
      passes.loss(w);
      passes.carry();
    }
  }

  /** The mean loss over windows that nothing is learnt from. */
  double loss(Windows unseen) throws InterruptedException {
    if (unseen.steps() != windows.steps()) {
      throw new IllegalArgumentException(
          "held-out windows have %d steps, the others %d"
              .formatted(unseen.steps(), windows.steps()));
    }
    double sum = 0;
    double weight = 0;
    int[] order = inOrder(unseen.count());
    passes.forget();
    for (int from = 0; from < order.length; from += batch) {
      fill(unseen, order, from);
      weight += passes.weight();
      sum += passes.loss(w);
      if (plan.carried()) {
        passes.carry();
      }
    }
    return sum / weight;
  }

  private void fill(Windows source, int[] order, int from) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("training was interrupted at step " + step);
    }
    for (int row = 0; row < batch; row++) {
      if (from + row < order.length) {
        passes.put(row, source.window(order[from + row]), plan.burnIn());
      } else {
        passes.clear(row);
      }
    }
  }

  private int[] order(SplittableRandom random) {
    int[] order = inOrder(windows.count());
    for (int k = order.length - 1; k > 0 && !plan.carried(); k--) {
      int other = random.nextInt(k + 1);
      int kept = order[k];
      order[k] = order[other];
      order[other] = kept;
    }
    return order;
  }

  private static int[] inOrder(int count) {
    int[] order = new int[count];
    for (int k = 0; k < count; k++) {
      order[k] = k;
    }
    return order;
  }

  @Override
  public void close() {
    passes.close();
  }

  /** What an epoch adds up. */
  private static final class Tally {
    private double sum;
    private double weight;
    private double norm;
    private int skipped;

    void add(double loss, double weight, double norm) {
      this.sum += loss * weight;
      this.weight += weight;
      this.norm = Math.max(this.norm, norm);
    }

    double loss() {
      return sum / weight;
    }
  }
}
