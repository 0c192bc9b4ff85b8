package io.sluice.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.weights.Head;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Finite differences against {@code Readout.slope}, for every sum that goes into an answer. */
class HeadSlopesTest {
  private static final int AT = 3;
  private static final float NUDGE = 1e-2f;

  static List<Head> heads() {
    return List.of(
        new Head.Linear(5),
        new Head.Softmax(6),
        new Head.Quantiles(2, 2, 5),
        new Head.Quantiles(1, 3, 4),
        new Head.Quantiles(2, 1, 1));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void slopesAgreeWithFiniteDifferences(Head head) {
    RandomFloats random = new RandomFloats(5);
    float[] sums = random.floats(AT + head.rows(), 2f);
    float[] dy = random.floats(AT + head.rows(), 1f);
    float[] d = dy.clone();
    Readout.slope(head, sums, d, AT);
    for (int j = AT; j < sums.length; j++) {
      float kept = sums[j];
      sums[j] = kept + NUDGE;
      double up = loss(head, sums, dy);
      sums[j] = kept - NUDGE;
      double down = loss(head, sums, dy);
      sums[j] = kept;
      assertThat((double) d[j]).isCloseTo((up - down) / (2 * NUDGE), within(3e-4));
    }
  }

  /** Σ dy·y, whose slopes by y are dy. */
  private static double loss(Head head, float[] sums, float[] dy) {
    float[] y = sums.clone();
    Readout.shape(head, y, AT);
    double sum = 0;
    for (int j = AT; j < y.length; j++) {
      sum += (double) dy[j] * y[j];
    }
    return sum;
  }
}
