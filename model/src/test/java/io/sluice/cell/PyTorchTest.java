package io.sluice.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PyTorchTest {
  static List<Golden> goldens() {
    return Golden.all();
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void answersAsPyTorchDoes(Golden golden) {
    Network network = Network.of(golden.architecture(), golden.weights());
    int[] shape = golden.y().shape();
    for (int s = 0; s < shape[0]; s++) {
      float[][] ys = new float[shape[1]][network.outputs()];
      float[] state = new float[network.stateSize()];
      network.window(state, Golden.series(golden.x(), s), ys, network.workspace());
      float[][] expected = Golden.series(golden.y(), s);
      for (int t = 0; t < ys.length; t++) {
        assertThat(relativeError(ys[t], expected[t]))
            .as("series %d, answer %d", s, t)
            .isLessThan(1e-5);
      }
    }
  }

  @Test
  void theSeedsModelTurnsFiveWindowsOfSevenByTenIntoFiveByTwo() {
    Golden seed =
        goldens().stream()
            .filter(g -> g.name().startsWith("lstm-10-20-2"))
            .findFirst()
            .orElseThrow();
    assertThat(seed.x().shape()).containsExactly(5, 7, 10);
    assertThat(seed.y().shape()).containsExactly(5, 1, 2);
  }

  /** The distance between two rows, by the length of the expected one. */
  static double relativeError(float[] row, float[] expected) {
    double distance = 0;
    double length = 0;
    for (int j = 0; j < expected.length; j++) {
      distance += Math.pow((double) row[j] - expected[j], 2);
      length += Math.pow(expected[j], 2);
    }
    return Math.sqrt(distance / length);
  }
}
