package io.sluice.training;

/** An {@code Optimiser} at work: it remembers what it needs from step to step. */
@FunctionalInterface
interface Descent {
  /** Moves the weights w against their gradient dw. */
  void step(float[] w, float[] dw, double rate);
}
