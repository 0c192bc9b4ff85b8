package io.sluice.cell;

import static io.sluice.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Golden;
import io.sluice.weights.Head;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PyTorchTest {
  static List<Golden> networks() {
    return Golden.networks();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void answersAsPyTorchDoes(Golden golden) {
    Network network = Network.of(golden.architecture(), golden.weights().tensors());
    int rows = golden.tensor("y").shape()[1];
    for (int row = 0; row < rows; row++) {
      float[][] expected = expected(golden, row);
      float[][] ys = new float[expected.length][network.outputs()];
      float[] state = new float[network.stateSize()];
      network.window(state, golden.row("x", row), ys, network.workspace());
      for (int t = 0; t < ys.length; t++) {
        assertClose("row %d, answer %d".formatted(row, t), ys[t], expected[t], 1e-5);
      }
    }
  }

  /** Every step's answer, or the last one's where many steps have but one. */
  private static float[][] expected(Golden golden, int row) {
    boolean shares = golden.architecture().head() instanceof Head.Softmax;
    float[][] steps = golden.row(shares ? "p" : "y", row);
    boolean last = Boolean.parseBoolean(golden.word("last"));
    return last ? Arrays.copyOfRange(steps, steps.length - 1, steps.length) : steps;
  }

  @Test
  void theSeedsModelTurnsFiveWindowsOfSevenByTenIntoFiveByTwo() {
    Golden seed = Golden.of("lstm-10-20-2");
    Network network = Network.of(seed.architecture(), seed.weights().tensors());
    assertThat(seed.tensor("x").shape()).containsExactly(7, 5, 10);
    for (int row = 0; row < 5; row++) {
      float[][] ys = new float[1][2];
      float[][] window = seed.row("x", row);
      network.window(new float[network.stateSize()], window, ys, network.workspace());
      assertClose("answer", ys[0], seed.row("y", row)[6], 1e-5);
    }
  }
}
