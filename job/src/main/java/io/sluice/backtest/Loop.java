package io.sluice.backtest;

import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Model;
import io.sluice.forecast.Reading;
import io.sluice.retrain.Tutor;
import io.sluice.training.GradientReach;
import io.sluice.weights.Release;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The retraining loop as it would have gone on beside the forecasts: a first round over the training part, then one each
 * time that enough readings more have come, each from what had come by then alone.
 */
final class Loop {
  private final BacktestPlan plan;
  private final List<Reading> readings;
  private final Tutor tutor;
  private final Succession succession;
  private final List<Taught> taught = new ArrayList<>();
  private int next;

  /** A round: after how many readings it was held, what it came to and how long it took. */
  record Taught(int readings, Release release, double seconds) {}

  Loop(BacktestPlan plan, ForecastPlan forecasts, List<Reading> readings) {
    this.plan = plan;
    this.readings = readings;
    next = plan.firstRound(readings.size());
    tutor = new Tutor(forecasts);
    succession = new Succession(forecasts);
  }

  /** Who answers a reading, by its place in the file: weights that were learnt from those before it. */
  Model before(int reading, Tutor.Listener listener) throws InterruptedException {
    if (reading == next) {
      next = plan.roundAfter(reading);
      learn(reading, listener);
    }
    return succession.at(readings.get(reading).time());
  }

  private void learn(int reading, Tutor.Listener listener) throws InterruptedException {
    long begun = System.nanoTime();
    Optional<Release> made = tutor.round(readings.subList(0, reading), listener);
    double seconds = (System.nanoTime() - begun) / 1e9;
    made.ifPresent(succession::add);
    made.ifPresent(release -> taught.add(new Taught(reading, release, seconds)));
  }

  /** Keeps what answered, each version as a release of its own, so that {@code explain} can ask it again. */
  void write() throws IOException {
    Succession.keep(plan.weights(), taught.stream().map(Taught::release).toList());
  }

  /** Every round that came to anything, promoted or not. */
  List<Taught> taught() {
    return List.copyOf(taught);
  }

  /** How far back the network of the last round feels its errors. */
  Optional<GradientReach> reach() {
    return tutor.reach();
  }
}
