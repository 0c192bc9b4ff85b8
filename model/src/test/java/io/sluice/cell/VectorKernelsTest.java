package io.sluice.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VectorKernelsTest extends KernelsTest {
  @Override
  Kernels kernels() {
    return Kernels.BEST;
  }

  @Test
  void areTakenWhereTheVectorApiIs() {
    assertThat(Kernels.BEST.getClass().getSimpleName()).isEqualTo("VectorKernels");
  }
}
