package io.sluice.cell;

import io.sluice.weights.Architecture;
import io.sluice.weights.Tensor;
import io.sluice.weights.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Inputs and weights for tests, the same for the same seed. */
final class RandomFloats {
  private final Random random;

  RandomFloats(long seed) {
    this.random = new Random(seed);
  }

  float[] floats(int length, float scale) {
    float[] floats = new float[length];
    for (int j = 0; j < length; j++) {
      floats[j] = scale * (2 * random.nextFloat() - 1);
    }
    return floats;
  }

  float[][] floats(int rows, int length, float scale) {
    float[][] floats = new float[rows][];
    for (int r = 0; r < rows; r++) {
      floats[r] = floats(length, scale);
    }
    return floats;
  }

  Tensors tensors(Architecture architecture) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    architecture
        .shapes()
        .forEach(
            (name, shape) -> {
              int length = Tensor.zeros(shape).data().length;
              tensors.put(name, new Tensor(shape, floats(length, 0.5f)));
            });
    return new Tensors(tensors);
  }
}
