package io.sluice.weights;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network's shape and the tensors that fill it: all there, of the right shape, finite, in the order of the forward pass.
 */
public record Weights(Architecture architecture, Tensors tensors) {
  public Weights {
    architecture.check(tensors);
    tensors.checkFinite();
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    for (String name : architecture.shapes().keySet()) {
      ordered.put(name, tensors.tensor(name));
    }
    tensors = new Tensors(ordered);
  }
}
