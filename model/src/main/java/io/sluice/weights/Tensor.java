package io.sluice.weights;

import java.util.Arrays;

/** A dense block of floats, row-major: the last dimension runs fastest. Nobody writes to it once it is made. */
public record Tensor(int[] shape, float[] data) {

  public Tensor {
    long floats = 1;
    for (int dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape));
      }
      floats = Math.multiplyExact(floats, dimension);
    }
    if (floats != data.length) {
      throw new IllegalArgumentException(
          "shape %s takes %d floats, %d came"
              .formatted(Arrays.toString(shape), floats, data.length));
    }
  }

  public static Tensor zeros(int... shape) {
    int floats = 1;
    for (int dimension : shape) {
      floats = Math.multiplyExact(floats, dimension);
    }
    return new Tensor(shape, new float[floats]);
  }

  public boolean hasShape(int... expected) {
    return Arrays.equals(shape, expected);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }
}
