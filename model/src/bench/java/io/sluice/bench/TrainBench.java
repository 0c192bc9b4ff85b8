package io.sluice.bench;

import io.sluice.training.Initial;
import io.sluice.training.Loss;
import io.sluice.training.OneBatch;
import io.sluice.training.Plan;
import io.sluice.training.Window;
import io.sluice.training.Windows;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Backpropagation through time over one batch, the gradient clipped, and a step of Adam; beside PyTorch through DJL and,
 * where Python has it, in Python. Every peer on one thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dai.djl.pytorch.num_threads=1"})
public class TrainBench {
  static final int BATCH = 64;
  static final int STEPS = 96;
  static final int INPUTS = 8;

  @Param({"32", "64", "128"})
  public int hidden;

  private OneBatch ours;
  private DjlTraining djl;

  @Setup
  public void begin() {
    Architecture shape =
        new Architecture(CellKind.LSTM, INPUTS, hidden, 1, false, 0, new Head.Linear(1));
    Plan plan = Plan.of(new Loss.Squared(), 1).withBatch(BATCH);
    ours = new OneBatch(plan, Initial.uniform(shape, 1), windows());
    djl = new DjlTraining(hidden);
  }

  @TearDown
  public void end() {
    ours.close();
    djl.close();
  }

  @Benchmark
  public double sluice() throws InterruptedException {
    return ours.step();
  }

  @Benchmark
  public float pytorchThroughDjl() {
    return djl.step();
  }

  private static Windows windows() {
    SplittableRandom random = new SplittableRandom(1);
    List<Window> windows = new ArrayList<>();
    for (int n = 0; n < BATCH; n++) {
      float[] inputs = new float[STEPS * INPUTS];
      float[] targets = new float[STEPS];
      float[] mask = new float[STEPS];
      for (int k = 0; k < inputs.length; k++) {
        inputs[k] = (float) (2 * random.nextDouble() - 1);
      }
      for (int t = 0; t < STEPS; t++) {
        targets[t] = inputs[t * INPUTS];
      }
      Arrays.fill(mask, 1);
      windows.add(new Window(inputs, targets, mask));
    }
    return Windows.of(STEPS, windows);
  }

  /** Runs every peer and prints the ratios: {@code TrainBench [--json FILE]}. */
  public static void main(String[] arguments) throws RunnerException, IOException {
    if (!"1".equals(System.getenv("OMP_NUM_THREADS"))) {
      throw new IllegalStateException("set OMP_NUM_THREADS=1: the peers would fight over one core");
    }
    TrainReport report = TrainReport.run();
    System.out.println("\n" + Machine.words());
    System.out.println(report.table());
    if (arguments.length == 2 && arguments[0].equals("--json")) {
      Files.writeString(Path.of(arguments[1]), report.json());
    }
  }
}
