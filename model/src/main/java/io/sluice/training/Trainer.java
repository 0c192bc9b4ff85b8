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
