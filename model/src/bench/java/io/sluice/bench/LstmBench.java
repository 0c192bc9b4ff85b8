package io.sluice.bench;

import io.sluice.cell.Network;
import io.sluice.cell.Workspace;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Examples;
import io.sluice.weights.Head;
import io.sluice.weights.Weights;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One step of an LSTM of eight inputs, for one series and for many at once, in each library at its best. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LstmBench {
  public static final int INPUTS = 8;

  @Param({"32", "64", "128", "256"})
  public int hidden;

  @Param({"1", "96"})
  public int series;

  /** {@code plain} is Sluice in a JVM that is started without the Vector API. */
  @Param({"sluice", "plain", "onnx", "dl4j", "djl"})
  public String library;

  private Runnable step;

  @Setup
  public void prepare() throws Exception {
    Weights weights =
        Examples.weights(
            new Architecture(CellKind.LSTM, INPUTS, hidden, 1, false, 0, new Head.None()), 1);
    step =
        switch (library) {
          case "sluice", "plain" -> series == 1 ? one(weights) : many(weights, series);
          case "onnx" -> new OnnxStep(weights, series);
          case "dl4j" -> new Dl4jStep(hidden, series);
          default -> new DjlStep(hidden, series);
        };
  }

  private static Runnable one(Weights weights) {
    Network network = Network.of(weights.architecture(), weights.tensors());
    Workspace workspace = network.workspace();
    float[] state = new float[network.stateSize()];
    float[] x = inputs();
    float[] y = new float[network.outputs()];
    return () -> network.step(state, x, y, workspace);
  }

  private static Runnable many(Weights weights, int series) {
    Network network = Network.of(weights.architecture(), weights.tensors());
    Workspace workspace = network.workspace(series);
    float[][] states = new float[series][network.stateSize()];
    float[][] xs = new float[series][];
    for (int s = 0; s < series; s++) {
      xs[s] = inputs();
    }
    float[][] ys = new float[series][network.outputs()];
    return () -> network.step(states, xs, ys, workspace);
  }

  static float[] inputs() {
    float[] x = new float[INPUTS];
    for (int j = 0; j < INPUTS; j++) {
      x[j] = 0.1f * (j + 1);
    }
    return x;
  }

  @Benchmark
  public void step() {
    step.run();
  }
}
