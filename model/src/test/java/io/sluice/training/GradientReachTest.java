package io.sluice.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.sluice.Golden;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import io.sluice.weights.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientReachTest {
  private static final int STEPS = 60;
  private final Windows windows = Waves.windows(16, STEPS, 4);

  private static Weights weights(CellKind cell) {
    return Initial.uniform(new Architecture(cell, 1, 32, 1, false, 0, new Head.Linear(1)), 6);
  }

  private GradientReach reach(Weights weights) {
    return GradientReach.of(weights, new Loss.Squared(), windows);
  }

  private static double left(double[] norms, int lag) {
    return norms[lag] / norms[0];
  }

  @Test
  void aPlainNetworkForgetsWithinAFewSteps() {
    GradientReach rnn = reach(weights(CellKind.RNN));
    assertThat(left(rnn.h(), 10)).isLessThan(1e-2);
    assertThat(left(rnn.h(), 50)).isLessThan(1e-8);
    assertThat(rnn.straight()[1]).isZero();
  }

  @Test
  void forgetGatesHalfOpenHalveTheSlopeEachStep() {
    GradientReach lstm = reach(Initial.forgetting(weights(CellKind.LSTM), 0));
    assertThat(left(lstm.c(), 1)).isCloseTo(0.5, within(0.1));
    assertThat(left(lstm.c(), 5)).isCloseTo(Math.pow(0.5, 5), within(0.03));
    assertThat(left(lstm.c(), 50)).isLessThan(1e-8);
  }

  @Test
  void forgetGatesWideOpenCarryTheSlopeFarAndMostOfItStraight() {
    GradientReach lstm = reach(Initial.forgetting(weights(CellKind.LSTM), 3));
    assertThat(left(lstm.c(), 50)).isBetween(0.05, 2.0);
    for (int lag = 1; lag < STEPS; lag++) {
      assertThat(lstm.direct()[lag]).isGreaterThan(0.8);
    }
    GradientReach half = reach(Initial.forgetting(weights(CellKind.LSTM), 0));
    assertThat(lstm.direct()[10]).isGreaterThan(half.direct()[10]);
    assertThat(lstm.straight()[10]).isGreaterThan(2 * half.straight()[10]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "gru", "coupled"})
  void normsAndSharesAreThoseOfPyTorch(String cell) {
    Golden golden = Golden.of("reach-" + cell);
    GradientReach reach =
        GradientReach.of(
            golden.weights(), Goldens.loss(golden), Goldens.windows(golden, "x", "target"));
    assertEachClose(reach.h(), golden.floats("h"));
    assertEachClose(reach.c(), golden.floats("c"));
    assertEachClose(reach.straight(), golden.floats("straight"));
    if (golden.architecture().cell().states() == 2) {
      assertEachClose(reach.direct(), golden.floats("direct"));
    } else {
      assertThat(reach.direct()).containsOnly(0);
    }
  }

  private static void assertEachClose(double[] ours, float[] theirs) {
    assertThat(ours).hasSameSizeAs(theirs);
    for (int lag = 0; lag < ours.length; lag++) {
      assertThat(ours[lag]).as("lag %d", lag).isCloseTo(theirs[lag], withinPercentage(1e-2));
    }
  }

  @Test
  void aCellOrAWayWithoutAStraightPathIsRefused() {
    Weights peephole = weights(CellKind.PEEPHOLE);
    assertThatThrownBy(() -> reach(peephole)).hasMessageContaining("a straight way");
    Architecture both = new Architecture(CellKind.LSTM, 1, 4, 1, true, 0, new Head.Linear(1));
    assertThatThrownBy(() -> reach(Initial.uniform(both, 1))).hasMessageContaining("one direction");
  }
}
