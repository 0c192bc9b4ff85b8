package io.sluice.weights;

import java.util.Arrays;

/** A dense block of floats, row-major: the last dimension runs fastest. Nobody writes to it once it is made. */
public record Tensor(int[] shape, float[] data) {

  public Tensor {
    long floats = floats(shape);
    if (floats != data.length) {
      throw new IllegalArgumentException(
          "shape %s takes %d floats, %d came"
              .formatted(Arrays.toString(shape), floats, data.length));
    }
  }

  public static Tensor zeros(int... shape) {
    return new Tensor(shape, new float[Math.toIntExact(floats(shape))]);
  }

  /** How many floats a tensor of that shape holds; anything past an int's range is as good as infinite. */
  static long floats(int... shape) {
    long floats = 1;
    boolean empty = false;
    for (int dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape));
      }
      empty |= dimension == 0;
      floats = Math.min(floats * dimension, 1L + Integer.MAX_VALUE);
    }
    return empty ? 0 : floats;
  }

  public boolean hasShape(int... expected) {
    return Arrays.equals(shape, expected);
  }

  /** Where the first NaN or infinity stands in the data, or -1. */
  int firstNonFinite() {
    for (int i = 0; i < data.length; i++) {
      if (!Float.isFinite(data[i])) {
        return i;
      }
    }
    return -1;
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
