package io.sluice.training;

import static io.sluice.Golden.assertClose;

import io.sluice.Golden;
import io.sluice.weights.Tensors;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BpttAgainstPyTorchTest {
  private static final double TOLERANCE = 1e-5;

  static List<Golden> networks() {
    return Golden.networks();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void answersAndGradientsAreThoseOfPyTorch(Golden golden) {
    Batch batch = Goldens.batch(golden, "x", "target", "mask");
    Bptt bptt = bptt(golden, batch);
    Parameters w = Parameters.of(golden.weights());
    Parameters dw = new Parameters(golden.architecture());

    double loss = bptt.gradient(w, batch, dw);

    assertClose("y", bptt.answers(w, batch), golden.floats("y"), TOLERANCE);
    assertClose("loss", new float[] {(float) loss}, golden.floats("loss"), TOLERANCE);
    assertGradients(golden, "d.", dw);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "gru", "peephole", "coupled"})
  void truncationCarriesTheMemoryOnAndNoGradientBack(String cell) {
    Golden golden = Golden.of("truncated-" + cell);
    Bptt bptt = bptt(golden, Goldens.batch(golden, "x1", "target1", ""));
    Parameters w = Parameters.of(golden.weights());
    for (int window = 1; window <= 2; window++) {
      Batch batch = Goldens.batch(golden, "x" + window, "target" + window, "");
      Parameters dw = new Parameters(golden.architecture());
      double loss = bptt.gradient(w, batch, dw);
      assertClose("y", bptt.answers(w, batch), golden.floats("y" + window), TOLERANCE);
      assertClose("loss", new float[] {(float) loss}, golden.floats("loss" + window), TOLERANCE);
      assertGradients(golden, "d" + window + ".", dw);
      bptt.carry();
    }
  }

  private static Bptt bptt(Golden golden, Batch batch) {
    Extent extent = new Extent(batch.steps, batch.rows);
    return new Bptt(golden.architecture(), Goldens.loss(golden), extent);
  }

  private static void assertGradients(Golden golden, String prefix, Parameters dw) {
    Tensors gradients = dw.tensors();
    for (String name : gradients.names()) {
      float[] theirs = golden.floats(prefix + name);
      assertClose(prefix + name, gradients.tensor(name).data(), theirs, TOLERANCE);
    }
  }
}
