package io.sluice.cell;

import io.sluice.weights.CellKind;

/**
 * The mathematics of one recurrent cell after its sums are made, forward and backward. Knows no weights but peepholes; the
 * sums are {@code Rows}' work, the loop over time is the caller's.
 *
 * <p>Series are independent: the floats of one never depend on how many go through at once.
 */
public sealed interface Cell permits Rnn, Lstm, PeepholeLstm, CoupledLstm, Gru {

  CellKind kind();

  int hidden();

  /** Sums in {@code now.z} and {@code now.u}, memory in {@code before}; leaves activations and memory in {@code now}. */
  void forward(Step before, Step now, int series);

  /**
   * The chain rule through {@code forward}. In: d.h = dLoss/dh(t) and d.c = dLoss/dc(t). Out: d.z and d.u, and in d.h and
   * d.c what reaches h(t−1) and c(t−1) without passing the sums; the part that does is d.u times the recurrent weights.
   */
  void backward(Step before, Step now, Step d, int series);

  /** Adds the slopes of the peepholes, where there are any, to {@code dPeepholes}; after {@code backward}. */
  default void accumulate(Step before, Step now, Step d, int series, float[] dPeepholes) {}

  default int gates() {
    return kind().gates();
  }

  default int states() {
    return kind().states();
  }

  /** Whether the recurrent sums must not be added to the others before the cell sees them. */
  default boolean sumsApart() {
    return kind() == CellKind.GRU;
  }

  /** @param peepholes of i, f and o, shared with the owner; read by the peephole cell alone */
  static Cell of(CellKind kind, int hidden, float[] peepholes) {
    return switch (kind) {
      case RNN -> new Rnn(hidden);
      case LSTM -> new Lstm(hidden);
      case PEEPHOLE -> new PeepholeLstm(hidden, peepholes);
      case COUPLED -> new CoupledLstm(hidden);
      case GRU -> new Gru(hidden);
    };
  }
}
