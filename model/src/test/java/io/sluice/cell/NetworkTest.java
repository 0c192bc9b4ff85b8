package io.sluice.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import io.sluice.weights.Tensor;
import io.sluice.weights.Tensors;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {
  private final RandomFloats random = new RandomFloats(3);

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void aStepAMicroBatchAndAWindowGiveTheSameBits(CellKind kind) {
    for (int hidden : new int[] {1, 7, 16, 33, 64}) {
      for (int convolution : new int[] {0, 3}) {
        Head head = new Head.Quantiles(2, 3, 5);
        sameBits(new Architecture(kind, 5, hidden, 2, false, convolution, head));
      }
    }
    sameBits(new Architecture(kind, 1, 10, 3, false, 1, new Head.None()));
    sameBits(new Architecture(kind, 3, 10, 1, false, 0, new Head.Softmax(7)));
  }

  private void sameBits(Architecture architecture) {
    Network network = Network.of(architecture, random.tensors(architecture));
    int series = 19;
    int steps = 11;
    float[][][] xs = new float[series][][];
    float[][] single = new float[series][network.stateSize()];
    float[][] windowed = new float[series][network.stateSize()];
    float[][] batched = new float[series][network.stateSize()];
    float[][][] answers = new float[series][steps][network.outputs()];
    for (int s = 0; s < series; s++) {
      xs[s] = random.floats(steps, architecture.inputs(), 2f);
      for (int t = 0; t < steps; t++) {
        network.step(single[s], xs[s][t], answers[s][t], network.workspace());
      }
      float[][] ys = new float[4][network.outputs()];
      network.window(windowed[s], xs[s], ys, network.workspace(2));
      assertThat(ys[0]).isEqualTo(answers[s][steps - 4]);
      assertThat(ys[3]).isEqualTo(answers[s][steps - 1]);
    }
    Workspace eight = network.workspace(8);
    for (int t = 0; t < steps; t++) {
      float[][] now = new float[series][];
      float[][] ys = new float[series][network.outputs()];
      for (int s = 0; s < series; s++) {
        now[s] = xs[s][t];
      }
      network.step(batched, now, ys, eight);
      for (int s = 0; s < series; s++) {
        assertThat(ys[s]).as("%s, series %d, step %d", architecture, s, t).isEqualTo(answers[s][t]);
      }
    }
    assertThat(windowed).isDeepEqualTo(single);
    assertThat(batched).isDeepEqualTo(single);
  }

  @Test
  void quantilesNeverCrossWhateverTheWeights() {
    Architecture architecture =
        new Architecture(CellKind.LSTM, 3, 8, 1, false, 0, new Head.Quantiles(2, 4, 7));
    for (float scale : new float[] {1e-20f, 1e-3f, 1f, 1e4f, 1e12f}) {
      Map<String, Tensor> tensors = new LinkedHashMap<>(random.tensors(architecture).byName());
      tensors.put("head.bias", new Tensor(new int[] {56}, random.floats(56, scale)));
      Network network = Network.of(architecture, new Tensors(tensors));
      float[] y = new float[network.outputs()];
      float[] state = new float[network.stateSize()];
      for (int t = 0; t < 50; t++) {
        network.step(state, random.floats(3, 5f), y, network.workspace());
        for (int j = 0; j < y.length; j++) {
          if (j % 7 != 0) {
            assertThat(y[j]).isGreaterThanOrEqualTo(y[j - 1]);
          }
        }
      }
    }
  }

  @Test
  void runsFreeOnItsOwnAnswers() {
    Architecture architecture =
        new Architecture(CellKind.GRU, 4, 9, 1, false, 0, new Head.Linear(4));
    Network network = Network.of(architecture, random.tensors(architecture));
    float[] x = random.floats(4, 1f);
    float[][] free = new float[6][4];
    network.runFree(new float[9], x, free, network.workspace());
    float[] state = new float[9];
    float[] y = new float[4];
    for (int t = 0; t < 6; t++) {
      network.step(state, x, y, network.workspace());
      assertThat(free[t]).isEqualTo(y);
      x = y.clone();
    }
  }

  /** For good: what is compiled again, with more inlined, must not begin to box. */
  @ParameterizedTest
  @EnumSource(CellKind.class)
  void aStepAllocatesNothingOnceItIsCompiled(CellKind kind) {
    Head head = new Head.Quantiles(2, 3, 5);
    allocatesNothing(new Architecture(kind, 8, 64, 1, false, 0, head));
    allocatesNothing(new Architecture(kind, 8, 40, 2, false, 3, head));
  }

  private void allocatesNothing(Architecture architecture) {
    Runnable work = work(architecture);
    for (int round = 0; round < 400; round++) {
      work.run();
    }
    int still = 0;
    for (int round = 0; round < 4000 && still < 200; round++) {
      still = allocatedBy(work) == 0 ? still + 1 : 0;
    }
    assertThat(still).as("rounds in succession without a byte, %s", architecture).isEqualTo(200);
  }

  private Runnable work(Architecture architecture) {
    Network network = Network.of(architecture, random.tensors(architecture));
    Workspace workspace = network.workspace();
    Workspace four = network.workspace(4);
    float[] state = new float[network.stateSize()];
    float[][] states = new float[6][network.stateSize()];
    float[] x = random.floats(8, 1f);
    float[][] xs = random.floats(6, 8, 1f);
    float[] y = new float[network.outputs()];
    float[][] ys = new float[6][network.outputs()];
    return () -> {
      for (int t = 0; t < 20; t++) {
        network.step(state, x, y, workspace);
        network.step(states, xs, ys, four);
        network.window(state, xs, ys, workspace);
      }
    };
  }

  private static long allocatedBy(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    threads.getCurrentThreadAllocatedBytes();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void namesWhatDoesNotFit() {
    Architecture architecture =
        new Architecture(CellKind.LSTM, 3, 8, 1, false, 0, new Head.Linear(2));
    Network network = Network.of(architecture, random.tensors(architecture));
    assertThatThrownBy(
            () -> network.step(new float[15], new float[3], new float[2], network.workspace()))
        .hasMessage("15 floats of memory, expected 16");
    assertThatThrownBy(
            () -> network.step(new float[16], new float[3], new float[1], network.workspace()))
        .hasMessage("1 outputs, expected 2");
  }

  @Test
  void aStepThatIsRefusedLeavesTheMemoryAsItWas() {
    Architecture architecture =
        new Architecture(CellKind.LSTM, 3, 8, 1, false, 0, new Head.Linear(2));
    Network network = Network.of(architecture, random.tensors(architecture));
    float[] state = random.floats(16, 1f);
    float[] before = state.clone();
    assertThatThrownBy(
            () -> network.step(state, random.floats(3, 1f), new float[1], network.workspace()))
        .hasMessage("1 outputs, expected 2");
    assertThat(state).isEqualTo(before);
  }
}
