package io.sluice.anomaly;

class PlainSweepTest extends SweepTest {
  @Override
  Sweep sweep() {
    return new PlainSweep(256);
  }
}
