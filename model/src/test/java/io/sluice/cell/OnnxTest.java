package io.sluice.cell;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Examples;
import io.sluice.weights.Head;
import io.sluice.weights.Onnx;
import io.sluice.weights.Tensor;
import io.sluice.weights.Tensors;
import io.sluice.weights.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ONNX Runtime makes of an exported network is what the network itself makes of it. */
class OnnxTest {
  private static final int BATCH = 3;
  private static final int STEPS = 9;
  private static final OrtEnvironment ORT = OrtEnvironment.getEnvironment();

  static List<Architecture> architectures() {
    List<Architecture> all = new ArrayList<>();
    for (CellKind cell : CellKind.values()) {
      all.add(new Architecture(cell, 1, 1, 1, false, 0, new Head.None()));
      all.add(new Architecture(cell, 4, 7, 2, false, 3, new Head.Linear(5)));
      all.add(new Architecture(cell, 3, 13, 3, true, 0, new Head.Linear(2)));
      all.add(new Architecture(cell, 5, 6, 2, true, 2, new Head.None()));
      all.add(new Architecture(cell, 2, 33, 1, false, 1, new Head.Quantiles(2, 3, 5)));
      all.add(new Architecture(cell, 2, 8, 2, true, 0, new Head.Quantiles(1, 2, 4)));
      all.add(new Architecture(cell, 2, 8, 1, false, 0, new Head.Quantiles(3, 1, 1)));
      all.add(new Architecture(cell, 6, 9, 4, false, 0, new Head.Softmax(11)));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void windowsAgree(Architecture architecture) throws Exception {
    Weights weights = spread(Examples.weights(architecture, 5));
    float[][][] xs = inputs(architecture, 11);
    float[][][] expected = windows(weights, xs);
    try (Session session = new Session(weights)) {
      float[][][] ys = session.run(xs);
      for (int b = 0; b < BATCH; b++) {
        for (int t = 0; t < STEPS; t++) {
          close(ys[b][t], expected[b][t]);
        }
      }
    }
  }

  static List<Architecture> thatStep() {
    return architectures().stream().filter(architecture -> !architecture.bidirectional()).toList();
  }

  @ParameterizedTest
  @MethodSource("thatStep")
  void stepsThatHandTheirMemoryOnAgreeWithAWindow(Architecture architecture) throws Exception {
    Weights weights = Examples.weights(architecture, 5);
    float[][][] xs = inputs(architecture, 12);
    float[][][] expected = windows(weights, xs);
    try (Session session = new Session(weights)) {
      for (int t = 0; t < STEPS; t++) {
        float[][][] now = new float[BATCH][1][];
        for (int b = 0; b < BATCH; b++) {
          now[b][0] = xs[b][t];
        }
        float[][][] ys = session.run(now);
        for (int b = 0; b < BATCH; b++) {
          close(ys[b][0], expected[b][t]);
        }
      }
    }
  }

  /** A head that spreads its quantiles. */
  private static Weights spread(Weights weights) {
    Map<String, Tensor> spread = new LinkedHashMap<>();
    weights
        .tensors()
        .byName()
        .forEach(
            (name, tensor) -> {
              float[] data = tensor.data().clone();
              float factor = name.startsWith("head") ? 4 : 1;
              for (int i = 0; i < data.length; i++) {
                data[i] *= factor;
              }
              spread.put(name, new Tensor(tensor.shape(), data));
            });
    return new Weights(weights.architecture(), new Tensors(spread));
  }

  private static void close(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int j = 0; j < actual.length; j++) {
      double error = Math.abs(actual[j] - expected[j]) / Math.max(1, Math.abs(expected[j]));
      assertThat(error).as(Arrays.toString(expected)).isLessThan(1e-5);
    }
  }

  private static float[][][] inputs(Architecture architecture, long seed) {
    Random random = new Random(seed);
    float[][][] xs = new float[BATCH][STEPS][architecture.inputs()];
    for (float[][] series : xs) {
      for (float[] x : series) {
        for (int j = 0; j < x.length; j++) {
          x[j] = (float) random.nextGaussian();
        }
      }
    }
    return xs;
  }

  private static float[][][] windows(Weights weights, float[][][] xs) {
    Network network = Network.of(weights.architecture(), weights.tensors());
    float[][][] ys = new float[BATCH][STEPS][network.outputs()];
    for (int b = 0; b < BATCH; b++) {
      network.window(new float[network.stateSize()], xs[b], ys[b], network.workspace());
    }
    return ys;
  }

  /** A model in ONNX Runtime with the memory that its runs hand on. */
  private static final class Session implements AutoCloseable {
    private final OrtSession session;
    private final Map<String, OnnxTensor> memory = new LinkedHashMap<>();

    Session(Weights weights) throws OrtException {
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(1);
      session = ORT.createSession(Onnx.bytes(weights), options);
      Architecture shape = weights.architecture();
      int directions = shape.bidirectional() ? 2 : 1;
      for (String name : session.getInputNames()) {
        if (name.equals("h") || name.equals("c")) {
          memory.put(name, zeros(shape.layers() * directions, BATCH, shape.hidden()));
        } else if (name.equals("past")) {
          memory.put(name, zeros(BATCH, shape.convolution() - 1, shape.inputs()));
        }
      }
      assertThat(memory).hasSize(shape.cell().states() + (shape.convolution() > 1 ? 1 : 0));
    }

    float[][][] run(float[][][] xs) throws OrtException {
      Map<String, OnnxTensor> inputs = new LinkedHashMap<>(memory);
      inputs.put("x", OnnxTensor.createTensor(ORT, xs));
      try (OrtSession.Result result = session.run(inputs)) {
        for (String name : memory.keySet()) {
          OnnxTensor next = (OnnxTensor) result.get(name + "_next").orElseThrow();
          memory.put(
              name, OnnxTensor.createTensor(ORT, next.getFloatBuffer(), next.getInfo().getShape()));
        }
        return (float[][][]) result.get("y").orElseThrow().getValue();
      }
    }

    private static OnnxTensor zeros(long... shape) throws OrtException {
      int floats = (int) LongStream.of(shape).reduce(1, (a, b) -> a * b);
      return OnnxTensor.createTensor(ORT, FloatBuffer.allocate(floats), shape);
    }

    @Override
    public void close() throws OrtException {
      session.close();
    }
  }
}
