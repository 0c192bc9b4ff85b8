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
import org.junit.jupiter.api.Test;

/**
 * A series' memory is hardly more than the numbers that it must hold. Most of them are floats; what must be told to more than
 * seven digits counts as two: values of a long history, for sensors count in billions and change by ones, and sums of squares
 * that are solved.
 */
class MemoryBytesTest {
  private static final int HIDDEN = 64;
  private static final int STATES = 2;
  private static final int LEADS = 3;
  private static final int FURTHEST = 24;
  private static final int PERIOD = 48;
  private static final int WAITING = 1 + 6 + 24;

  @Test
  void takesAtMostAFifthMoreThanItsNumbersAsFloats() {
    ForecastPlan plan = ForecastPlan.of("flow");
    assertThat(bytes(plan, 1)).isLessThanOrEqualTo((int) (1.2 * 4 * numbers(plan)));
  }

  @Test
  void soDoesThatOfFourVariables() {
    ForecastPlan plan = ForecastPlan.of("flow", "pressure", "speed", "heat");
    int watched = 3 + 5 * 4 + 5 + 6;
    int together = 4 * 5 / 2 + 4;
    int numbers = numbers(plan) + 4 * watched + together;
    assertThat(bytes(plan, 1)).isLessThanOrEqualTo((int) (1.2 * 4 * numbers));
  }

  @Test
  void soDoesThatOfALongHistory() {
    int history = 1024;
    int readings = 1200;
    ForecastPlan plan = ForecastPlan.of("flow").withHistory(history);
    int trace = (2 + 1) * history;
    int season = history / 3 + 2 + PERIOD;
    int seen = 1 + 2 * 6 + 12 + 18 + 4;
    int squares = 2 * seen * (seen + 1) / 2 + (2 + 1) * seen * LEADS;
    int mixed = 2 * (1 + 5 + 5 + 2 + 4) * LEADS + 2 * 7 * WAITING;
    int last = 1 + 2 + 4 + 8;
    int corrected = 2 * (last * (last + 1) / 2 + 3 * last + 8);
    int widths = 2 * WAITING;
    int surprise = readings + readings / Math.round(PERIOD / 24f);
    int numbers = numbers(plan) + trace + season + squares + mixed + corrected + widths + surprise;
    assertThat(bytes(plan, readings)).isLessThanOrEqualTo((int) (1.2 * 4 * numbers));
  }

  /** Of the network and the calibration. */
  private static int numbers(ForecastPlan plan) {
    int variables = plan.variables().size();
    int context = plan.context() * (1 + 2 * variables);
    int statistics = 2 + 1 + LEADS;
    int reaches = 2 * 2;
    int owed = 2;
    int losses = 2;
    int errors = 2;
    int calibration = LEADS * (reaches + owed + losses + errors);
    int times = 2;
    int each = FURTHEST + 3 * WAITING + calibration + statistics;
    return STATES * HIDDEN + context + variables * each + times;
  }

  private static int bytes(ForecastPlan plan, int readings) {
    Memory memory = Memory.fresh(plan);
    Model model = Model.of(release(plan), plan);
    Forecaster forecaster = new Forecaster(plan);
    double[] values = new double[plan.variables().size()];
    for (int minute = 1; minute <= readings; minute++) {
      for (int variable = 0; variable < values.length; variable++) {
        values[variable] =
            20 + Math.sin(minute * 2 * Math.PI / PERIOD + variable) + minute % 7 * 0.1;
      }
      forecaster.advance(
          memory, new Reading("pump", minute * 60_000L, values.clone()), model, new Ledger());
    }
    return memory.bytes().length;
  }

  private static Release release(ForecastPlan plan) {
    int variables = plan.variables().size();
    Architecture architecture =
        new Architecture(
            CellKind.LSTM,
            plan.inputs().size(),
            HIDDEN,
            1,
            false,
            0,
            new Head.Quantiles(variables, LEADS, 3));
    Signature signature =
        new Signature(
            plan.inputs(),
            plan.variables().stream().map(name -> new Variable(name, "", 0, 1)).toList(),
            plan.horizon(),
            plan.timing().zone());
    return new Release(
        Edition.candidate("pumps", 1),
        Examples.weights(architecture, 1),
        signature,
        Provenance.imported("here"));
  }
}
