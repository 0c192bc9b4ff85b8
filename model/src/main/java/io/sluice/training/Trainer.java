package io.sluice.training;

import io.sluice.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Windows in, weights out. The same windows, plan and starting weights give the same bits, on however many threads.
 *
 * <p>Interrupt the thread that trains and it stops within a batch.
 */
public final class Trainer {
  /** Windows of a batch where they come a few at a time: most of a larger one would be empty. */
  private static final int FEW = 8;

  private final Plan plan;

  public Trainer(Plan plan) {
    this.plan = plan;
  }

  /** From these weights on, {@code Initial} ones or what an earlier training came to. */
  public Trained train(Weights start, Windows windows, Windows heldOut, Progress progress)
      throws InterruptedException {
    try (Course course = new Course(plan, start, windows)) {
      return train(course, heldOut, progress);
    }
  }

  /** The mean loss of these weights over the windows, as the plan has it. */
  public double loss(Weights weights, Windows windows) throws InterruptedException {
    try (Course course = new Course(plan, weights, windows)) {
      return course.loss(windows);
    }
  }

  /** The mean loss of these weights over each of those windows; NaN where nothing counts. */
  public double[] losses(Weights weights, List<Windows> each) throws InterruptedException {
    double[] losses = new double[each.size()];
    if (each.isEmpty()) {
      return losses;
    }
    try (Course course = new Course(plan.withBatch(FEW), weights, each.get(0))) {
      for (int i = 0; i < losses.length; i++) {
        losses[i] = course.loss(each.get(i));
      }
    }
    return losses;
  }

  private Trained train(Course course, Windows heldOut, Progress progress)
      throws InterruptedException {
    Best best = new Best(plan.patience());
    SplittableRandom shuffles = new SplittableRandom(plan.seed()).split();
    List<Epoch> epochs = new ArrayList<>();
    while (epochs.size() < plan.epochs() && !best.settled()) {
      Epoch epoch = course.epoch(epochs.size() + 1, shuffles.split(), heldOut);
      epochs.add(epoch);
      best.hears(epoch, course.weights());
      progress.ended(epoch);
    }
    boolean choose = heldOut.count() > 0 || plan.patience() > 0;
    return new Trained(choose ? best.weights() : course.weights().weights(), epochs, best.epoch());
  }
}
