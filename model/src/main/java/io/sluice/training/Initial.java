package io.sluice.training;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Weights;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** Weights before the first step: the same for the same seed, on any machine. */
public final class Initial {
  private Initial() {}

  /** Every weight uniform in ±1/√hidden, as PyTorch begins. */
  public static Weights uniform(Architecture architecture, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double bound = 1 / Math.sqrt(architecture.hidden());
    return filled(architecture, () -> bound * (2 * random.nextDouble() - 1)).weights();
  }

  /** Every weight normal with this deviation, and every bias 0. */
  public static Weights normal(Architecture architecture, double deviation, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Parameters parameters = filled(architecture, () -> deviation * gaussian(random));
    architecture.shapes().keySet().stream()
        .filter(name -> name.contains("bias"))
        .forEach(name -> parameters.fill(name, 0));
    return parameters.weights();
  }

  /** The same weights, but the forget gates begin with this bias: at 0 half is forgotten each step, at 3 a twentieth. */
  public static Weights forgetting(Weights weights, float bias) {
    Parameters parameters = Parameters.of(weights);
    int gate = forgetGate(weights.architecture().cell());
    weights.architecture().shapes().keySet().stream()
        .filter(name -> name.startsWith("bias_"))
        .forEach(name -> parameters.fillGate(name, gate, name.startsWith("bias_ih") ? bias : 0));
    return parameters.weights();
  }

  private static int forgetGate(CellKind cell) {
    return switch (cell) {
      case LSTM, PEEPHOLE -> 1;
      case COUPLED -> 0;
      case RNN, GRU ->
          throw new IllegalArgumentException("a cell of kind " + cell + " has no forget gate");
    };
  }

  private static Parameters filled(Architecture architecture, DoubleSupplier next) {
    Parameters parameters = new Parameters(architecture);
    for (int k = 0; k < parameters.values.length; k++) {
      parameters.values[k] = (float) next.getAsDouble();
    }
    return parameters;
  }

  /** Box and Muller's, in StrictMath: the same bits on every machine. */
  private static double gaussian(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
