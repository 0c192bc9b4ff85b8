package io.sluice.retrain;

import io.sluice.forecast.Reading;
import io.sluice.training.Gate;
import io.sluice.training.Naive;
import io.sluice.training.Outer;
import io.sluice.training.Progress;
import io.sluice.training.Sample;
import io.sluice.training.Tape;
import io.sluice.training.Trainer;
import io.sluice.training.Windows;
import io.sluice.weights.Release;
import io.sluice.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The windows of one subtask, and what can be made of them.
 *
 * <p>Of each series the last fifth is held out: it is learnt from by nobody, and what was learnt is measured by it.
 */
final class Lesson {
  private static final int HELD_OUT = 5;

  /** How many windows overlap. */
  private static final int OVERLAP = 4;

  /** Beyond it a value is no measurement. */
  private static final double LARGEST = 1e100;

  /** Spreads of a Gaussian between its first and third quartile. */
  private static final double QUARTILES = 1.349;

  private final Task task;
  private final Sample seen;
  private final Sample later;
  private final List<double[]> centres = new ArrayList<>();
  private final List<double[]> scales = new ArrayList<>();
  private long from = Long.MAX_VALUE;
  private long to = Long.MIN_VALUE;

  Lesson(Task task) {
    this.task = task;
    seen = new Sample(task.settings().windows(), task.settings().seed());
    later = new Sample(Math.max(1, task.settings().windows() / 2), task.settings().seed());
  }

  /** The readings of one series, in order. */
  void hear(String series, List<Reading> readings) {
    Tape tape = new Tape(task.plan());
    for (Reading reading : readings) {
      if (fits(reading)) {
        tape.hear(reading);
      }
    }
    int length = task.settings().steps();
    int warm = task.plan().warmup();
    int split = tape.steps() - tape.steps() / HELD_OUT;
    if (split - length < warm) {
      return;
    }
    int stride = Math.max(1, length / OVERLAP);
    seen.offer(series, tape.windows(warm, split, length, stride));
    int first = Math.max(warm, split - task.settings().burnIn());
    later.offer(series, tape.windows(first, tape.steps(), length, stride));
    from = Math.min(from, tape.time(warm));
    to = Math.max(to, tape.time(tape.steps() - 1));
    spread(readings);
  }

  private boolean fits(Reading reading) {
    return reading.values().length == task.plan().variables().size()
        && reading.covariates().length == task.plan().covariates().size();
  }

  private void spread(List<Reading> readings) {
    int variables = task.plan().variables().size();
    double[] centre = new double[variables];
    double[] scale = new double[variables];
    for (int variable = 0; variable < variables; variable++) {
      int one = variable;
      double[] values =
          readings.stream()
              .filter(this::fits)
              .mapToDouble(reading -> reading.values()[one])
              .filter(value -> Math.abs(value) <= LARGEST)
              .sorted()
              .toArray();
      centre[variable] = rank(values, 0.5);
      scale[variable] = (rank(values, 0.75) - rank(values, 0.25)) / QUARTILES;
    }
    centres.add(centre);
    scales.add(scale);
  }

  private static double rank(double[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
  }

  Harvest harvest() {
    int variables = task.plan().variables().size();
    return new Harvest(
        centres.size(),
        seen.count(),
        from,
        to,
        medians(centres, variables),
        medians(scales, variables));
  }

  private static double[] medians(List<double[]> all, int variables) {
    double[] medians = new double[variables];
    for (int variable = 0; variable < variables; variable++) {
      int one = variable;
      double[] values = all.stream().mapToDouble(each -> each[one]).toArray();
      Arrays.sort(values);
      medians[variable] = rank(values, 0.5);
    }
    return medians;
  }

  /** From these weights on, until the meeting of that number. */
  Outer.Arrived learn(Weights start, int meeting) throws InterruptedException {
    if (seen.count() == 0) {
      return new Outer.Arrived(start, 0);
    }
    Trainer trainer = new Trainer(task.course(meeting));
    Windows windows = seen.windows(task.settings().steps());
    Weights learnt = trainer.train(start, windows, Windows.NONE, Progress.SILENT).weights();
    return new Outer.Arrived(learnt, seen.count());
  }

  /** How well these weights, those that answer now and what costs nothing foretell the later readings. */
  Gate.Score judge(Weights candidate) throws InterruptedException {
    Windows held = later.windows(task.settings().steps());
    int outputs = task.plan().variables().size() * task.plan().horizon().leads().size();
    Windows known = seen.windows(task.settings().steps());
    double naive =
        new Naive(known, outputs, task.plan().horizon().quantiles())
            .loss(held, task.settings().burnIn());
    if (Double.isNaN(naive)) {
      return new Gate.Score(0, 0, 0, 0);
    }
    Trainer trainer = new Trainer(task.course(0));
    double champion =
        task.reigning().isPresent()
            ? trainer.loss(task.reigning().map(Release::weights).get(), held)
            : Double.NaN;
    return new Gate.Score(trainer.loss(candidate, held), champion, naive, held.count());
  }
}
