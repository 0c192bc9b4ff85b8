package io.sluice.weights;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Tensors by name, in the order in which they were put together. Immutable. */
public final class Tensors {
  private final Map<String, Tensor> byName;

  public Tensors(Map<String, Tensor> byName) {
    this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  public Set<String> names() {
    return byName.keySet();
  }

  public Map<String, Tensor> byName() {
    return byName;
  }

  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** The tensor of that name, or an error that lists the names there are. */
  public Tensor tensor(String name) {
    Tensor tensor = byName.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "no tensor \"%s\" among %s".formatted(name, byName.keySet()));
    }
    return tensor;
  }

  /** The tensor of that name, which must have that shape. */
  public Tensor tensor(String name, int... shape) {
    Tensor tensor = tensor(name);
    if (!tensor.hasShape(shape)) {
      throw new IllegalArgumentException(
          "tensor \"%s\" has shape %s, expected %s"
              .formatted(name, Arrays.toString(tensor.shape()), Arrays.toString(shape)));
    }
    return tensor;
  }

  /** Says which tensor holds NaN or an infinity, and where. */
  public void checkFinite() {
    byName.forEach(
        (name, tensor) -> {
          int at = tensor.firstNonFinite();
          if (at >= 0) {
            throw new IllegalArgumentException(
                "tensor \"%s\" holds %s at %d, expected finite numbers"
                    .formatted(name, tensor.data()[at], at));
          }
        });
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensors that && byName.equals(that.byName);
  }

  @Override
  public int hashCode() {
    return byName.hashCode();
  }

  @Override
  public String toString() {
    return "Tensors" + byName;
  }
}
