package io.sluice.cell;

/**
 * The raw loops, unchecked. Two implementations, one bit for bit like the other: plain loops that the compiler vectorises,
 * and the Vector API where the JVM was started with {@code --add-modules jdk.incubator.vector}.
 */
interface Kernels {
  Kernels BEST = best();

  /** A matrix of these rows, laid out for these loops. */
  Rows rows(float[][] rows);

  /**
   * y += aᵀ·b over n samples: n·y.length floats of a, n·y[0].length floats of b, sample after sample. Each sum runs over the
   * samples, first to last, one fused multiply-add each.
   */
  void outer(float[] a, float[] b, float[][] y, int n);

  /** z = σ(z). */
  void sigmoid(float[] z, int length);

  /** to = tanh(from). */
  void tanh(float[] from, float[] to, int length);

  private static Kernels best() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new PlainKernels();
    }
    try {
      Class<?> vector = Class.forName("io.sluice.cell.VectorKernels");
      return (Kernels) vector.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException("jdk.incubator.vector is there and yet its kernels fail", e);
    }
  }
}
