package io.sluice.cell;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Every cell and head, stepped for long, as one digest of every bit of their answers. */
final class LongRun {
  private LongRun() {}

  /** Prints the digest after so many steps, for a test that starts JVMs of another kind. */
  public static void main(String[] args) {
    System.out.println("digest " + digest(Integer.parseInt(args[0])));
  }

  static String digest(int steps) {
    MessageDigest digest = sha256();
    RandomFloats random = new RandomFloats(42);
    List<Head> heads =
        List.of(
            new Head.Quantiles(1, 3, 5),
            new Head.Linear(7),
            new Head.Softmax(6),
            new Head.None(),
            new Head.Quantiles(2, 2, 2));
    for (CellKind kind : CellKind.values()) {
      int convolution = kind == CellKind.GRU ? 3 : 0;
      Head head = heads.get(kind.ordinal());
      step(new Architecture(kind, 3, 19, 2, false, convolution, head), steps, random, digest);
      read(new Architecture(kind, 3, 7, 2, true, convolution, head), random, digest);
      runFree(new Architecture(kind, 7, 9, 1, false, 0, new Head.Linear(7)), steps, random, digest);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void step(
      Architecture shape, int steps, RandomFloats random, MessageDigest digest) {
    Network network = Network.of(shape, random.tensors(shape));
    Workspace workspace = network.workspace(7);
    float[][] states = new float[7][network.stateSize()];
    float[][] ys = new float[7][network.outputs()];
    for (int t = 0; t < steps; t++) {
      network.step(states, random.floats(7, shape.inputs(), 3f), ys, workspace);
      add(ys, digest);
    }
  }

  /** Both ways over one window. */
  private static void read(Architecture shape, RandomFloats random, MessageDigest digest) {
    Network network = Network.of(shape, random.tensors(shape));
    float[][] ys = new float[11][network.outputs()];
    float[][] xs = random.floats(11, shape.inputs(), 3f);
    network.window(new float[network.stateSize()], xs, ys, network.workspace());
    add(ys, digest);
  }

  private static void runFree(
      Architecture shape, int steps, RandomFloats random, MessageDigest digest) {
    Network network = Network.of(shape, random.tensors(shape));
    float[][] ys = new float[steps][network.outputs()];
    float[] x = random.floats(shape.inputs(), 3f);
    network.runFree(new float[network.stateSize()], x, ys, network.workspace());
    add(ys, digest);
  }

  private static void add(float[][] ys, MessageDigest digest) {
    for (float[] y : ys) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * y.length);
      bytes.asFloatBuffer().put(y);
      digest.update(bytes);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
