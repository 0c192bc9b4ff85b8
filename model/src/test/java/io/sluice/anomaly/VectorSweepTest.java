package io.sluice.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VectorSweepTest extends SweepTest {
  @Override
  Sweep sweep() {
    return Sweep.best(256);
  }

  @Test
  void isTakenWhereTheVectorApiIs() {
    assertThat(sweep().getClass().getSimpleName()).isEqualTo("VectorSweep");
  }
}
