package io.sluice.weights;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The recurrent cells, and how many blocks of {@code hidden} rows their weight matrices stack, in PyTorch's order. */
public enum CellKind {
  /** h = tanh(W x + U h + b). */
  RNN(1, 1),
  /** Gates i, f, g, o. */
  LSTM(4, 2),
  /** An LSTM whose i and f also see c of the step before, and whose o sees c of this one. */
  PEEPHOLE(4, 2),
  /** An LSTM with 1 − f in place of i: gates f, g, o. */
  COUPLED(3, 2),
  /** Gates r, z, n. */
  GRU(3, 1);

  private final int gates;
  private final int states;

  CellKind(int gates, int states) {
    this.gates = gates;
    this.states = states;
  }

  public int gates() {
    return gates;
  }

  /** Vectors of {@code hidden} floats that one layer remembers: h alone, or h and c. */
  public int states() {
    return states;
  }

  /** The word for it in settings and files. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
