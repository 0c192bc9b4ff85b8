package io.sluice.training;

import static io.sluice.training.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.weights.Tensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BpttAgainstPyTorchTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rnn-1",
        "rnn-2",
        "rnn-3",
        "rnn-bidirectional",
        "lstm-1",
        "lstm-2",
        "lstm-3",
        "lstm-bidirectional",
        "gru-1",
        "gru-2",
        "gru-3",
        "gru-bidirectional",
        "peephole-1",
        "peephole-2",
        "peephole-bidirectional",
        "coupled-1",
        "coupled-2",
        "coupled-bidirectional",
        "lstm-one",
        "lstm-headless",
        "lstm-convolution",
        "gru-convolution",
        "lstm-huber",
        "lstm-quantile",
        "gru-entropy"
      })
  void answersAndGradientsAreThoseOfPyTorch(String name) {
    Golden golden = Golden.of(name);
    Batch batch = golden.batch("x", "target", "mask");
    Bptt bptt = new Bptt(golden.architecture(), golden.loss(), new Extent(batch.steps, batch.rows));
    Parameters w = Parameters.of(golden.weights());
    Parameters dw = new Parameters(golden.architecture());

    double loss = bptt.gradient(w, batch, dw);

    assertClose("y", bptt.answers(w, batch), golden.floats("y"), TOLERANCE);
    assertThat((float) loss).isCloseTo(golden.floats("loss")[0], within(loss));
    Tensors gradients = dw.tensors();
    for (String tensor : gradients.names()) {
      assertClose(tensor, gradients.tensor(tensor).data(), golden.floats("d." + tensor), TOLERANCE);
    }
  }

  private static org.assertj.core.data.Offset<Float> within(double loss) {
    return org.assertj.core.data.Offset.offset((float) (loss * TOLERANCE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "gru", "peephole", "coupled"})
  void truncationCarriesTheMemoryOnAndNoGradientBack(String cell) {
    Golden golden = Golden.of("truncated-" + cell);
    Batch first = golden.batch("x1", "target1", "");
    Bptt bptt = new Bptt(golden.architecture(), golden.loss(), new Extent(first.steps, first.rows));
    Parameters w = Parameters.of(golden.weights());
    for (int window = 1; window <= 2; window++) {
      Parameters dw = new Parameters(golden.architecture());
      bptt.gradient(w, golden.batch("x" + window, "target" + window, ""), dw);
      bptt.carry();
      Tensors gradients = dw.tensors();
      for (String tensor : gradients.names()) {
        assertClose(
            window + " " + tensor,
            gradients.tensor(tensor).data(),
            golden.floats("d" + window + "." + tensor),
            TOLERANCE);
      }
    }
  }
}
