package io.sluice.backtest;

import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Reading;
import io.sluice.retrain.Tutor;
import io.sluice.training.Initial;
import io.sluice.training.Loss;
import io.sluice.training.Optimiser;
import io.sluice.training.Plan;
import io.sluice.training.Schedule;
import io.sluice.training.Tape;
import io.sluice.training.Trainer;
import io.sluice.training.Window;
import io.sluice.training.Windows;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Edition;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Signature;
import io.sluice.weights.Variable;
import io.sluice.weights.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Learns a network of symbols from a past, once: to count how often one has come takes it more steps than a round of a {@code
 * Tutor} has, however short the past is.
 */
final class Apprentice {
  private static final int HIDDEN = 32;
  private static final int LENGTH = 64;
  private static final int BURN_IN = 16;
  private static final int STRIDE = 16;
  private static final int BATCH = 64;
  private static final int STEPS = 1500;
  private static final int MOST_EPOCHS = 100;
  private static final double RATE = 0.01;
  private static final double LEAST_RATE = 1e-4;

  /** Readings that set off an alert teach less. */
  private static final double ODD = 0.1;

  private final ForecastPlan plan;

  Apprentice(ForecastPlan plan) {
    this.plan = plan;
  }

  /** A network for what comes after that past; none where there is not one window of readings. */
  Optional<Release> learn(List<Reading> past, Tutor.Listener listener) throws InterruptedException {
    Windows windows = windows(past);
    if (windows.count() == 0) {
      return Optional.empty();
    }
    long known = past.stream().mapToLong(Reading::time).max().orElseThrow();
    Architecture architecture =
        new Architecture(CellKind.LSTM, plan.inputs().size(), HIDDEN, 1, false, 0, plan.head());
    Plan course = course(windows.count());
    Weights learnt =
        new Trainer(course)
            .train(
                Initial.uniform(architecture, 1),
                windows,
                Windows.NONE,
                epoch -> listener.ended(epoch, course.epochs()))
            .weights();
    return Optional.of(release(learnt).promoted(known + 1, ""));
  }

  /** Of each series by itself. */
  private Windows windows(List<Reading> past) {
    Map<String, Tape> tapes = new LinkedHashMap<>();
    for (Reading reading : past) {
      tapes.computeIfAbsent(reading.series(), name -> new Tape(plan, ODD)).hear(reading);
    }
    List<Window> all = new ArrayList<>();
    for (Tape tape : tapes.values()) {
      Windows own = tape.windows(0, tape.steps(), LENGTH, STRIDE);
      IntStream.range(0, own.count()).mapToObj(own::window).forEach(all::add);
    }
    return Windows.of(LENGTH, all);
  }

  private Release release(Weights learnt) {
    Signature signature =
        new Signature(
            plan.inputs(),
            List.of(new Variable(plan.variables().get(0), "", 0, 1)),
            plan.horizon(),
            plan.timing().zone());
    Provenance provenance = Provenance.imported("the part for training");
    return new Release(Edition.candidate("backtest", 1), learnt, signature, provenance);
  }

  private Plan course(int windows) {
    int batches = (windows + BATCH - 1) / BATCH;
    int epochs = Math.max(1, Math.min(MOST_EPOCHS, STEPS / batches));
    int steps = epochs * batches;
    return Plan.of(new Loss.CrossEntropy(plan.symbols().places()), epochs)
        .withBatch(BATCH)
        .withBurnIn(BURN_IN)
        .with(
            Optimiser.Adam.DEFAULT,
            new Schedule.WarmupCosine(RATE, Math.min(20, steps - 1), steps, LEAST_RATE));
  }
}
