package io.sluice.cell;

class PlainKernelsTest extends KernelsTest {
  @Override
  Kernels kernels() {
    return new PlainKernels();
  }
}
