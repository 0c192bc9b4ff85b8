package io.sluice.training;

/** How much goes through the network at once: windows of so many steps, so many side by side. */
record Extent(int steps, int rows) {
  int all() {
    return Math.multiplyExact(steps, rows);
  }
}
