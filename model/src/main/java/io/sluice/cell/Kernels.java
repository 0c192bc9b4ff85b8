package io.sluice.cell;

/**
 * The raw loops, unchecked. Two implementations, one bit for bit like the other: plain loops that the compiler vectorises,
 * and the Vector API where the JVM was started with {@code --add-modules jdk.incubator.vector}.
 *
 * <p>A sum always runs over the inputs first to last, one fused multiply-add each, so no blocking, vector width or number of
 * samples shows in its bits.
 */
interface Kernels {
  Kernels BEST = best();

  /** y += x · rows, for n samples of the blocks x and y. */
  void multiply(float[] x, float[][] rows, float[] y, int n);

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
