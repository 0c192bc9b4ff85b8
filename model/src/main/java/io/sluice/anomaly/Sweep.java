package io.sluice.anomaly;

/**
 * The loops over all of the past, unchecked. Two implementations, one bit for bit like the other: plain loops that the
 * compiler vectorises, and the Vector API where the JVM was started with {@code --add-modules jdk.incubator.vector}, which
 * keeps sums in registers while the points pass by. For one thread: it may keep scratch.
 *
 * <p>What is filled in may go on for as many as {@code SLACK} floats behind the last that was asked for, and as many are read.
 */
interface Sweep {
  /** The most floats that a vector has. */
  int SLACK = 64;

  /** Whether any of the first so many values lies nearer to this one than so far. */
  boolean anyNearer(float[] values, float value, float far, int size);

  /** Lets them hear of every stretch of the window that is nearer than any before it; of others too, as it likes. */
  void seek(Stretches stretches);

  /** Whether any of the first so many floats is below that. */
  boolean anyBelow(float[] floats, float bound, int size);

  /**
   * Adds to each of the sums at i what outline[i + k] is, its square, and its product with latest[k], for k below {@code
   * end} from the last down to {@code begin}.
   */
  void add(float[] outline, float[] latest, int begin, int end, Sums to);

  /** into[i] = how far, squared, the stretch with the sums at i is in shape. */
  void apart(Sums sums, Nearest from, float[] into);

  /** The faster one, for stretches of so many to a block at most. */
  static Sweep best(int block) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new PlainSweep(block);
    }
    try {
      Class<?> vector = Class.forName("io.sluice.anomaly.VectorSweep");
      return (Sweep) vector.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException("jdk.incubator.vector is there and yet its loops fail", e);
    }
  }
}
