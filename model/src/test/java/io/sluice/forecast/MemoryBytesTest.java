package io.sluice.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Edition;
import io.sluice.weights.Examples;
import io.sluice.weights.Head;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Signature;
import io.sluice.weights.Variable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A series' memory is hardly more than the numbers that it must hold. */
class MemoryBytesTest {
  @Test
  void takesAtMostAFifthMoreThanItsNumbersAsFloats() {
    ForecastPlan plan = ForecastPlan.of("flow");
    Memory memory = Memory.fresh(plan);
    Model model = Model.of(release(plan, 64), plan);
    new Forecaster(plan).advance(memory, new Reading("pump", 1, 20), model, new Ledger());
    int furthest = 24;
    int waiting = 1 + 6 + 24;
    int leads = 3;
    int hidden = 2 * 64;
    int context = plan.context() * 3;
    int statistics = 2 + 1 + leads;
    int times = 2;
    int calibration = leads * (2 * 2 + 2);
    int numbers = hidden + context + furthest + 3 * waiting + calibration + statistics + times;
    assertThat(memory.bytes().length).isLessThanOrEqualTo((int) (1.2 * 4 * numbers));
  }

  private static Release release(ForecastPlan plan, int hidden) {
    Architecture architecture =
        new Architecture(
            CellKind.LSTM, plan.inputs().size(), hidden, 1, false, 0, new Head.Quantiles(1, 3, 3));
    Signature signature =
        new Signature(
            plan.inputs(),
            List.of(new Variable("flow", "l/s", 0, 1)),
            plan.horizon(),
            plan.timing().zone());
    return new Release(
        Edition.candidate("pumps", 1),
        Examples.weights(architecture, 1),
        signature,
        Provenance.imported("here"));
  }
}
