package io.sluice.forecast;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Edition;
import io.sluice.weights.Head;
import io.sluice.weights.Horizon;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Signature;
import io.sluice.weights.Tensor;
import io.sluice.weights.Tensors;
import io.sluice.weights.Variable;
import io.sluice.weights.Weights;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A network that answers what it is told: its median of the first lead is its first input, and so on. */
final class Echo {
  /** How softly each input is passed on, so that no tanh comes near its end. */
  private static final float SOFT = 1 / 8f;

  private static final int INPUTS = 9;
  private static final int LEVELS = 3;

  final ForecastPlan plan;
  private final Model model;
  private final Forecaster forecaster;
  private final Memory memory;

  /** Of one variable and one covariate in that zone, with the rhythm of days and weeks. */
  Echo(ZoneId zone) {
    List<Integer> leads = IntStream.rangeClosed(1, INPUTS).boxed().toList();
    Timing timing =
        new Timing(
            Timing.Order.ARRIVAL,
            Duration.ZERO,
            Duration.ZERO,
            1000,
            Duration.ofMinutes(5),
            Duration.ofDays(1),
            Duration.ofDays(7),
            BySeries.all(zone));
    Horizon horizon = new Horizon(leads, List.of(0.05, 0.5, 0.95));
    plan = new ForecastPlan(List.of("flow"), List.of("load"), horizon, timing, 10, 5, 0);
    model = Model.of(release(plan), plan);
    forecaster = new Forecaster(plan);
    memory = Memory.fresh(plan);
  }

  private static Release release(ForecastPlan plan) {
    Head head = new Head.Quantiles(1, INPUTS, LEVELS);
    Architecture architecture = new Architecture(CellKind.RNN, INPUTS, INPUTS, 1, false, 0, head);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    architecture.shapes().forEach((name, shape) -> tensors.put(name, Tensor.zeros(shape)));
    for (int i = 0; i < INPUTS; i++) {
      tensors.get("weight_ih_l0").data()[i * INPUTS + i] = SOFT;
      tensors.get("head.weight").data()[(i * LEVELS + LEVELS / 2) * INPUTS + i] = 1;
    }
    Signature signature =
        new Signature(
            plan.inputs(),
            List.of(new Variable("flow", "", 0, 1)),
            plan.horizon(),
            plan.timing().zone());
    return new Release(
        Edition.candidate("echo", 1),
        new Weights(architecture, new Tensors(tensors)),
        signature,
        Provenance.imported("here"));
  }

  /** What the network was told last, once it has been told of this reading. */
  double[] told(long time, double flow, double load) {
    Reading reading = new Reading("pump", time, time, new double[] {flow}, new double[] {load});
    forecaster.advance(memory, reading, model, new Ledger());
    double[] told = new double[INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      double squashed = model.answer()[i * LEVELS + LEVELS / 2];
      told[i] = Math.log((1 + squashed) / (1 - squashed)) / 2 / SOFT;
    }
    return told;
  }
}
