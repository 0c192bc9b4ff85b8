package io.sluice.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Verdict;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Outcomes;
import io.sluice.forecast.Reading;
import io.sluice.forecast.Status;
import io.sluice.forecast.Timing;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Edition;
import io.sluice.weights.Head;
import io.sluice.weights.Horizon;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Signature;
import io.sluice.weights.Variable;
import io.sluice.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** From readings to a tape, to windows, to weights, to a release, to forecasts of the readings after. */
class LearnsFromATapeTest {
  private static final long HOUR = 3_600_000;
  private static final int TRAINED = 1500;
  private final Horizon horizon = new Horizon(List.of(1, 6), List.of(0.1, 0.5, 0.9));
  private final ForecastPlan plan =
      new ForecastPlan(List.of("load"), List.of(), horizon, Timing.DEFAULT, 32, 16, 0);

  @Test
  void whatItLearntFromTheTapeHoldsForReadingsToCome() throws InterruptedException {
    List<Reading> readings = readings(2 * TRAINED);
    Tape tape = new Tape(plan);
    readings.subList(0, TRAINED).forEach(tape::hear);
    Model model = Model.of(release(train(tape)), plan);
    Memory memory = Memory.fresh(plan);
    Forecaster forecaster = new Forecaster(plan);
    Listener listener = new Listener();
    readings.forEach(reading -> forecaster.advance(memory, reading, model, listener));
    double network = 0;
    double lastValue = 0;
    for (int i = TRAINED; i + 6 < readings.size(); i++) {
      double then = readings.get(i + 6).values()[0];
      network += Math.pow(then - listener.forecasts.get(i).quantile(0, 1, 1), 2);
      lastValue += Math.pow(then - readings.get(i).values()[0], 2);
    }
    Forecast last = listener.forecasts.get(listener.forecasts.size() - 1);
    assertThat(last.status()).isEqualTo(Status.LIVE);
    assertThat(network).isLessThan(lastValue / 10);
    assertThat(last.coverage(0, 0)).isBetween(0.78, 0.82);
    assertThat(last.coverage(0, 1)).isBetween(0.78, 0.82);
  }

  private Weights train(Tape tape) throws InterruptedException {
    Head head = new Head.Quantiles(1, 2, 3);
    Architecture architecture =
        new Architecture(CellKind.LSTM, plan.inputs().size(), 16, 1, false, 0, head);
    Plan course =
        Plan.of(new Loss.Quantile(horizon.quantiles()), 20)
            .withBatch(16)
            .withBurnIn(12)
            .with(Optimiser.Adam.DEFAULT, new Schedule.Constant(0.01));
    Windows windows = tape.windows(24, TRAINED, 48, 12);
    return new Trainer(course)
        .train(Initial.uniform(architecture, 1), windows, Windows.NONE, Progress.SILENT)
        .weights();
  }

  private Release release(Weights weights) {
    Signature signature =
        new Signature(
            plan.inputs(),
            List.of(new Variable("load", "kW", 0, 1)),
            horizon,
            plan.timing().zone());
    return new Release(
        Edition.candidate("loads", 1), weights, signature, Provenance.imported("a tape"));
  }

  /** A day's rhythm around a billion, with some noise. */
  private static List<Reading> readings(int hours) {
    Random random = new Random(3);
    List<Reading> readings = new ArrayList<>();
    for (int hour = 0; hour < hours; hour++) {
      double load = 1e9 + 5 * Math.sin(2 * Math.PI * hour / 24) + 0.3 * random.nextGaussian();
      readings.add(new Reading("grid", hour * HOUR, load));
    }
    return readings;
  }

  private static final class Listener implements Outcomes {
    private final List<Forecast> forecasts = new ArrayList<>();

    @Override
    public void forecast(Forecast forecast) {
      forecasts.add(forecast);
    }

    @Override
    public void verdict(Verdict verdict) {}

    @Override
    public void late(Reading reading, String reason) {}

    @Override
    public void repeat(Reading reading) {}
  }
}
