package io.sluice.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cell.Network;
import io.sluice.weights.CellKind;
import io.sluice.weights.Release;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** New weights disturb nothing. */
class SwapTest {
  private static final int CONTEXT = 10;

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT1M"})
  void identicalWeightsChangeNoBit(Duration interval) {
    ForecastPlan plan = Plans.plan(interval);
    assertThat(told(plan, Plans.model(plan, 1, 5), Plans.model(plan, 1, 5)))
        .isEqualTo(told(plan, Plans.model(plan, 1, 5), null));
  }

  @Test
  void identicalWeightsOfALaterVersionChangeTheVersionAlone() {
    ForecastPlan plan = Plans.irregular();
    String first = told(plan, Plans.model(plan, 1, 5), null);
    String renamed = told(plan, Plans.model(plan, 1, 5), Plans.model(plan, 2, 5));
    assertThat(renamed).isNotEqualTo(first);
    assertThat(renamed.replace("pumps 2", "pumps 1")).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void otherWeightsFormTheMemoryFromItsLastInputsAsAnOfflineReplayDoes(CellKind cell) {
    for (ForecastPlan plan : List.of(Plans.irregular(), Plans.aligned())) {
      Release later = Plans.release(plan, cell, 2, 8);
      Memory memory = Memory.fresh(plan);
      Forecaster forecaster = new Forecaster(plan);
      List<float[]> inputs = new ArrayList<>();
      Rehearsal rehearsal = new Rehearsal(plan, new Inputs(inputs));
      Pump pump = new Pump(1, false);
      for (int i = 0; i < 50; i++) {
        Reading reading = pump.next();
        Model model = i < 49 ? Plans.model(plan, 1, 5) : Model.of(later, plan);
        forecaster.advance(memory, reading, model, new Ledger());
        rehearsal.hear(reading);
      }
      Network network = Network.of(later.architecture(), later.tensors());
      float[] state = new float[network.stateSize()];
      float[][] last = inputs.subList(50 - CONTEXT, 50).toArray(new float[0][]);
      network.window(state, last, new float[0][], network.workspace());
      assertThat(memory.encoding().state()).isEqualTo(state);
      assertThat(memory.version()).isEqualTo(2);
    }
  }

  @Test
  void theFirstWeightsFindAWarmMemory() {
    ForecastPlan plan = Plans.irregular();
    Memory memory = Memory.fresh(plan);
    Forecaster forecaster = new Forecaster(plan);
    Ledger ledger = new Ledger();
    Pump pump = new Pump(1, false);
    for (int i = 0; i < 20; i++) {
      forecaster.advance(memory, pump.next(), Model.none(), ledger);
    }
    forecaster.advance(memory, pump.next(), Plans.model(plan, 1, 5), ledger);
    assertThat(ledger.last().status()).isEqualTo(Status.LIVE);
  }

  @Test
  void aModelThatComesBackFindsNoStaleMemory() throws IOException {
    ForecastPlan plan = Plans.irregular();
    Model model = Plans.model(plan, 1, 5);
    Forecaster forecaster = new Forecaster(plan);
    Memory left = Memory.fresh(plan);
    Pump pump = new Pump(1, false);
    for (int i = 0; i < 20; i++) {
      forecaster.advance(left, pump.next(), model, new Ledger());
    }
    forecaster.advance(left, pump.next(), Model.none(), new Ledger());
    assertThat(left.version()).isZero();
    forecaster.advance(left, pump.next(), model, new Ledger());
    assertThat(left.version()).isEqualTo(1);
  }

  private static String told(ForecastPlan plan, Model model, Model after) {
    Memory memory = Memory.fresh(plan);
    Forecaster forecaster = new Forecaster(plan);
    Ledger ledger = new Ledger();
    Pump pump = new Pump(9, true);
    for (int i = 0; i < 400; i++) {
      Model now = i >= 200 && after != null ? after : model;
      forecaster.advance(memory, pump.next(), now, ledger);
    }
    return ledger.transcript.toString();
  }

  private record Inputs(List<float[]> inputs) implements Rehearsal.Steps {
    @Override
    public void step(long time, float[] input, double[] value, Rehearsal rehearsal) {
      inputs.add(input.clone());
    }

    @Override
    public void breakOff() {}
  }
}
