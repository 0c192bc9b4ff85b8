package io.sluice.training;

import io.sluice.weights.Architecture;
import io.sluice.weights.Tensor;
import io.sluice.weights.Tensors;
import io.sluice.weights.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All weights of a network, or their gradient, in one array: what clips, adds and descends is then one loop.
 *
 * <pre>
 *   values: | weight_ih_l0 | weight_hh_l0 | bias_ih_l0 | … | head.bias |     in the order of Architecture.shapes
 * </pre>
 */
final class Parameters {
  private final Architecture architecture;
  private final Map<String, Integer> offsets = new LinkedHashMap<>();

  final float[] values;

  Parameters(Architecture architecture) {
    this.architecture = architecture;
    int size = 0;
    for (Map.Entry<String, int[]> tensor : architecture.shapes().entrySet()) {
      offsets.put(tensor.getKey(), size);
      size = Math.addExact(size, Tensor.zeros(tensor.getValue()).data().length);
    }
    values = new float[size];
  }

  static Parameters of(Weights weights) {
    Parameters parameters = new Parameters(weights.architecture());
    parameters.offsets.forEach(
        (name, offset) -> {
          float[] data = weights.tensors().tensor(name).data();
          System.arraycopy(data, 0, parameters.values, offset, data.length);
        });
    return parameters;
  }

  /** Where a tensor begins. */
  int offset(String name) {
    return offsets.get(name);
  }

  Weights weights() {
    return new Weights(architecture, tensors());
  }

  Tensors tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    architecture
        .shapes()
        .forEach(
            (name, shape) -> {
              Tensor tensor = Tensor.zeros(shape);
              System.arraycopy(values, offset(name), tensor.data(), 0, tensor.data().length);
              tensors.put(name, tensor);
            });
    return new Tensors(tensors);
  }

  /** Copies one tensor out. */
  void get(String name, float[] to) {
    System.arraycopy(values, offset(name), to, 0, to.length);
  }

  void fill(String name, float value) {
    Tensor tensor = Tensor.zeros(architecture.shapes().get(name));
    Arrays.fill(values, offset(name), offset(name) + tensor.data().length, value);
  }

  /** Fills one gate's part of a bias. */
  void fillGate(String name, int gate, float value) {
    int from = offset(name) + gate * architecture.hidden();
    Arrays.fill(values, from, from + architecture.hidden(), value);
  }

  void clear() {
    Arrays.fill(values, 0);
  }

  void add(Parameters other) {
    add(other.values, values);
  }

  /** Adds to one tensor. */
  void add(String name, float[] part) {
    int from = offset(name);
    for (int k = 0; k < part.length; k++) {
      values[from + k] += part[k];
    }
  }

  /** to += from. */
  static void add(float[] from, float[] to) {
    for (int k = 0; k < to.length; k++) {
      to[k] += from[k];
    }
  }

  /** √Σ w² over every tensor. */
  double norm() {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  /** Shortens the whole to {@code longest} where it is longer; its direction stays. */
  void clip(double longest) {
    double norm = norm();
    if (norm > longest) {
      float scale = (float) (longest / norm);
      for (int k = 0; k < values.length; k++) {
        values[k] *= scale;
      }
    }
  }
}
