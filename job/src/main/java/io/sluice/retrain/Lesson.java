package io.sluice.retrain;

import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Reading;
import io.sluice.settings.RetrainSettings;
import io.sluice.training.Gate;
import io.sluice.training.GradientReach;
import io.sluice.training.Naive;
import io.sluice.training.NaiveSymbols;
import io.sluice.training.Outer;
import io.sluice.training.Plan;
import io.sluice.training.Progress;
import io.sluice.training.Sample;
import io.sluice.training.Tape;
import io.sluice.training.Trainer;
import io.sluice.training.Window;
import io.sluice.training.Windows;
import io.sluice.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The windows of one subtask, and what can be made of them.
 *
 * <p>Of each series the last fifth is held out: it is learnt from by nobody, and what was learnt is measured by it.
 */
final class Lesson {
  private static final int HELD_OUT = 5;

  /** How many windows overlap. */
  private static final int OVERLAP = 4;

  /** Windows whose gradient is followed back. */
  private static final int LOOKED_AT = 32;

  /** Beyond it a value is no measurement. */
  private static final double LARGEST = 1e100;

  /** Spreads of a Gaussian between its first and third quartile. */
  private static final double QUARTILES = 1.349;

  private final Syllabus syllabus;
  private final RetrainSettings.Windows windows;
  private final Sample seen;
  private final Sample later;
  private final List<double[]> centres = new ArrayList<>();
  private final List<double[]> scales = new ArrayList<>();
  private long from = Long.MAX_VALUE;
  private long to = Long.MIN_VALUE;

  Lesson(Syllabus syllabus) {
    this.syllabus = syllabus;
    windows = syllabus.settings().windows();
    long seed = syllabus.settings().learning().seed();
    seen = new Sample(windows.most(), seed);
    later = new Sample(Math.max(1, windows.most() / 2), seed);
  }

  /** All of one series. */
  void hear(String series, Heard heard) {
    List<Reading> readings = heard.readings();
    Tape tape = new Tape(syllabus.plan(), windows.oddWeight());
    for (Reading reading : readings) {
      if (fits(reading)) {
        tape.hear(reading);
      }
    }
    tape.hear(heard.sayings());
    int length = windows.steps();
    int warm = syllabus.plan().warmup();
    int split = tape.steps() - tape.steps() / HELD_OUT;
    if (split - length < warm) {
      return;
    }
    int stride = Math.max(1, length / OVERLAP);
    seen.offer(series, tape.windows(warm, split, length, stride));
    int first = Math.max(warm, split - windows.burnIn());
    later.offer(series, tape.trials(first, tape.steps(), length, stride));
    from = Math.min(from, tape.time(warm));
    to = Math.max(to, tape.time(tape.steps() - 1));
    spread(readings);
  }

  private boolean fits(Reading reading) {
    return reading.values().length == syllabus.plan().variables().size()
        && reading.covariates().length == syllabus.plan().covariates().size();
  }

  private void spread(List<Reading> readings) {
    int variables = syllabus.plan().variables().size();
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
    int variables = syllabus.plan().variables().size();
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

  /** From these weights on, until the next meeting; nothing where they are no numbers any more. */
  Optional<Outer.Arrived> learn(Weights start, Plan course, Progress progress)
      throws InterruptedException {
    if (seen.count() == 0) {
      return Optional.of(new Outer.Arrived(start, 0));
    }
    Trainer trainer = new Trainer(course);
    Windows known = seen.windows(windows.steps());
    try {
      Weights learnt = trainer.train(start, known, Windows.NONE, progress).weights();
      return Optional.of(new Outer.Arrived(learnt, seen.count()));
    } catch (IllegalArgumentException notFinite) {
      return Optional.empty();
    }
  }

  /** How far back these weights feel their errors on what they have learnt from. */
  GradientReach reach(Weights weights, Plan course) {
    List<Window> some = new ArrayList<>();
    Windows known = seen.windows(windows.steps());
    for (int i = 0; i < Math.min(LOOKED_AT, known.count()); i++) {
      some.add(known.window((int) ((long) i * known.count() / Math.min(LOOKED_AT, known.count()))));
    }
    return GradientReach.of(weights, course.loss(), Windows.of(windows.steps(), some));
  }

  /** The loss of what costs nothing. */
  private ToDoubleFunction<Windows> naive() {
    ForecastPlan plan = syllabus.plan();
    Windows known = seen.windows(windows.steps());
    if (plan.symbols().any()) {
      NaiveSymbols chain = new NaiveSymbols(known, plan.symbols().places());
      return held -> chain.loss(held, windows.burnIn());
    }
    int outputs = plan.variables().size() * plan.horizon().leads().size();
    Naive last = new Naive(known, outputs, plan.horizon().quantiles());
    return held -> last.loss(held, windows.burnIn());
  }

  /** How well these weights, those that answer now and what costs nothing foretell the later readings of each series. */
  List<Gate.Score> judge(Weights candidate, Optional<Weights> reigning)
      throws InterruptedException {
    List<Windows> held = later.bySeries(windows.steps());
    ToDoubleFunction<Windows> naive = naive();
    Trainer trainer = new Trainer(syllabus.course(0, 1));
    double[] candidates = trainer.losses(candidate, held);
    double[] champions = new double[held.size()];
    Arrays.fill(champions, Double.NaN);
    if (reigning.isPresent()) {
      champions = trainer.losses(reigning.get(), held);
    }
    List<Gate.Score> scores = new ArrayList<>();
    for (int i = 0; i < champions.length; i++) {
      double nothing = naive.applyAsDouble(held.get(i));
      if (!Double.isNaN(nothing)) {
        scores.add(new Gate.Score(candidates[i], champions[i], nothing, held.get(i).count()));
      }
    }
    return scores;
  }
}
