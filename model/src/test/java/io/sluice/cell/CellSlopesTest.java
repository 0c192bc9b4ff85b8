package io.sluice.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.weights.CellKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Finite differences against {@code backward}, for every float that goes into a step. */
class CellSlopesTest {
  private static final int HIDDEN = 5;
  private static final int SERIES = 3;
  private static final float NUDGE = 1e-2f;

  private final RandomFloats random = new RandomFloats(7);
  private final float[] peepholes = random.floats(3 * HIDDEN, 1f);
  private final float[] z = random.floats(SERIES * 4 * HIDDEN, 2f);
  private final float[] u = random.floats(SERIES * 4 * HIDDEN, 2f);
  private final float[] c = random.floats(SERIES * HIDDEN, 1f);
  private final float[] h = random.floats(SERIES * HIDDEN, 1f);
  private final float[] dh = random.floats(SERIES * HIDDEN, 1f);
  private final float[] dc = random.floats(SERIES * HIDDEN, 1f);

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void slopesAgreeWithFiniteDifferences(CellKind kind) {
    Cell cell = Cell.of(kind, HIDDEN, peepholes);
    Step before = new Step(cell, SERIES);
    Step now = new Step(cell, SERIES);
    Step d = new Step(cell, SERIES);
    forward(cell, before, now);
    System.arraycopy(dh, 0, d.h, 0, d.h.length);
    System.arraycopy(dc, 0, d.c, 0, d.c.length);
    cell.backward(before, now, d, SERIES);

    compare(cell, z, d.z);
    compare(cell, h, d.h);
    if (cell.states() == 2) {
      compare(cell, c, d.c);
    }
    if (cell.sumsApart()) {
      compare(cell, u, d.u);
    }
    float[] dp = new float[kind == CellKind.PEEPHOLE ? 3 * HIDDEN : 0];
    cell.accumulate(before, now, d, SERIES, dp);
    compare(cell, peepholes, dp);
  }

  @Test
  void peepholesLearnFromTheSeriesThatStepped() {
    Cell cell = Cell.of(CellKind.PEEPHOLE, HIDDEN, peepholes);
    Step step = new Step(cell, SERIES);
    Step d = new Step(cell, SERIES);
    System.arraycopy(c, 0, step.c, 0, c.length);
    System.arraycopy(dc, 0, d.gate[0], 0, dc.length);
    float[] dp = new float[3 * HIDDEN];
    cell.accumulate(step, step, d, 1, dp);
    for (int j = 0; j < HIDDEN; j++) {
      assertThat(dp[j]).isEqualTo(dc[j] * c[j]);
    }
  }

  private void compare(Cell cell, float[] inputs, float[] slopes) {
    for (int j = 0; j < slopes.length; j++) {
      float kept = inputs[j];
      inputs[j] = kept + NUDGE;
      double up = loss(cell);
      inputs[j] = kept - NUDGE;
      double down = loss(cell);
      inputs[j] = kept;
      double expected = (up - down) / (2 * NUDGE);
      assertThat((double) slopes[j]).as("slope %d", j).isCloseTo(expected, within(3e-4));
    }
  }

  /** Σ dh·h + Σ dc·c, whose slopes by h and c are dh and dc. */
  private double loss(Cell cell) {
    Step before = new Step(cell, SERIES);
    Step now = new Step(cell, SERIES);
    forward(cell, before, now);
    double sum = 0;
    for (int j = 0; j < now.h.length; j++) {
      sum += (double) dh[j] * now.h[j];
    }
    for (int j = 0; j < now.c.length; j++) {
      sum += (double) dc[j] * now.c[j];
    }
    return sum;
  }

  private void forward(Cell cell, Step before, Step now) {
    System.arraycopy(z, 0, now.z, 0, now.z.length);
    if (cell.sumsApart()) {
      System.arraycopy(u, 0, now.u, 0, now.u.length);
    }
    System.arraycopy(h, 0, before.h, 0, before.h.length);
    System.arraycopy(c, 0, before.c, 0, before.c.length);
    cell.forward(before, now, SERIES);
  }
}
