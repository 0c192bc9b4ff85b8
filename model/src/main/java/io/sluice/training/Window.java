package io.sluice.training;

/**
 * A stretch of one series to learn from, step by step.
 *
 * @param inputs floats of the first step, of the second, …
 * @param targets what each step should have foretold, in the same order; a symbol's number for cross-entropy
 * @param mask one for each target: 0 where it is missing or must not count, 1 where it counts fully
 */
public record Window(float[] inputs, float[] targets, float[] mask) {
  public Window {
    if (targets.length != mask.length) {
      throw new IllegalArgumentException(
          "a window of %d targets has a mask of %d".formatted(targets.length, mask.length));
    }
  }
}
