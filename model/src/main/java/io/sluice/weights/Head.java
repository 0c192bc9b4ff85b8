package io.sluice.weights;

/** What is read off the last layer's output at a step. */
public sealed interface Head {

  /** How many rows the head's matrix has. */
  int rows();

  /** The hidden output itself. */
  record None() implements Head {
    @Override
    public int rows() {
      return 0;
    }
  }

  record Linear(int rows) implements Head {}

  /** Several quantiles for each variable and lead in one pass, ascending by construction. */
  record Quantiles(int variables, int leads, int levels) implements Head {
    @Override
    public int rows() {
      return variables * leads * levels;
    }
  }

  /** Probabilities of symbols. */
  record Softmax(int rows) implements Head {}
}
