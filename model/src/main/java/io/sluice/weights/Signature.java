package io.sluice.weights;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;

/**
 * What goes into the network, in which order, and what its outputs mean.
 *
 * @param inputs names of the network's inputs, in order
 * @param variables what is forecast, in the order of a reading's values
 * @param horizon leads and quantiles of the outputs
 * @param zone of the calendar among the inputs
 */
public record Signature(
    List<String> inputs, List<Variable> variables, Horizon horizon, ZoneId zone) {
  public Signature {
    inputs = List.copyOf(inputs);
    variables = List.copyOf(variables);
    checkDistinct("inputs", inputs);
    checkDistinct("variables", variables.stream().map(Variable::name).toList());
  }

  private static void checkDistinct(String what, List<String> names) {
    if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("%s %s, expected distinct names".formatted(what, names));
    }
  }

  /** Says where a network's shape does not fit. */
  void check(Architecture architecture) {
    if (architecture.inputs() != inputs.size()) {
      throw new IllegalArgumentException(
          "a network of %d inputs cannot take %s".formatted(architecture.inputs(), inputs));
    }
    Head expected =
        new Head.Quantiles(variables.size(), horizon.leads().size(), horizon.quantiles().size());
    if (architecture.head() instanceof Head.Quantiles head && !head.equals(expected)) {
      throw new IllegalArgumentException(
          "a network with %s, but the signature asks for %s".formatted(head, expected));
    }
  }
}
