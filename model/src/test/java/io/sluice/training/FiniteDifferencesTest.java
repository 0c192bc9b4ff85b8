package io.sluice.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every weight of every cell and head is nudged up and down; the loss must move as its gradient says. */
class FiniteDifferencesTest {
  private static final Extent EXTENT = new Extent(6, 4);
  private static final float NUDGE = 1.6e-2f;

  /** As a share of the length of a tensor's gradient; of short ones floats leave less, measured by the whole gradient. */
  private static final double TOLERANCE = 5e-3;

  static Stream<Arguments> networks() {
    Head linear = new Head.Linear(2);
    Loss squared = new Loss.Squared();
    List<Double> levels = List.of(0.1, 0.5, 0.8, 0.9);
    return Stream.concat(
        Stream.of(CellKind.values())
            .flatMap(
                cell ->
                    Stream.of(
                        Arguments.of(new Architecture(cell, 3, 5, 2, false, 2, linear), squared),
                        Arguments.of(new Architecture(cell, 2, 3, 2, true, 0, linear), squared))),
        Stream.of(
            Arguments.of(
                new Architecture(CellKind.LSTM, 2, 4, 1, false, 0, new Head.None()), squared),
            Arguments.of(
                new Architecture(CellKind.GRU, 2, 4, 1, false, 0, linear), new Loss.Huber(0.7)),
            Arguments.of(
                new Architecture(CellKind.LSTM, 2, 4, 1, false, 0, new Head.Softmax(5)),
                new Loss.CrossEntropy(5)),
            Arguments.of(
                new Architecture(CellKind.LSTM, 2, 4, 1, false, 0, new Head.Quantiles(2, 3, 4)),
                new Loss.Quantile(levels))));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theLossMovesAsItsGradientSays(Architecture architecture, Loss loss) {
    Bptt bptt = new Bptt(architecture, loss, EXTENT);
    Parameters w = Parameters.of(Initial.uniform(architecture, 3));
    Batch batch = batch(architecture, loss);
    Parameters dw = new Parameters(architecture);
    bptt.gradient(w, batch, dw);
    for (String name : architecture.shapes().keySet()) {
      float[] tensor = dw.tensors().tensor(name).data();
      double apart = 0;
      double size = 0;
      for (int k = 0; k < tensor.length; k++) {
        double expected = slope(bptt, batch, w, w.offset(name) + k);
        apart += Math.pow(tensor[k] - expected, 2);
        size += Math.pow(expected, 2);
      }
      assertThat(Math.sqrt(apart))
          .as(name)
          .isLessThan(TOLERANCE * Math.max(Math.sqrt(size), 0.05 * dw.norm()));
    }
  }

  private static double slope(Bptt bptt, Batch batch, Parameters w, int k) {
    float kept = w.values[k];
    w.values[k] = kept + NUDGE;
    double up = bptt.loss(w, batch);
    w.values[k] = kept - NUDGE;
    double down = bptt.loss(w, batch);
    w.values[k] = kept;
    return (up - down) / (2 * NUDGE);
  }

  private static Batch batch(Architecture architecture, Loss loss) {
    SplittableRandom random = new SplittableRandom(9);
    int outputs =
        architecture.head().rows() == 0 ? architecture.width() : architecture.head().rows();
    int targets = outputs / loss.width();
    Batch batch = new Batch(EXTENT.steps(), EXTENT.rows(), architecture.inputs(), targets);
    for (int k = 0; k < batch.inputs.length; k++) {
      batch.inputs[k] = (float) (2 * random.nextDouble() - 1);
    }
    for (int k = 0; k < batch.targets.length; k++) {
      batch.targets[k] =
          loss instanceof Loss.CrossEntropy
              ? random.nextInt(outputs)
              // far enough from the answers that no nudge steps over a kink of the pinball loss
              : (random.nextBoolean() ? 6 : -6) + random.nextInt(5) * 0.25f;
    }
    if (loss instanceof Loss.Huber) {
      for (int k = 0; k < batch.targets.length; k += 2) {
        batch.targets[k] = 0;
      }
    }
    Arrays.fill(batch.mask, 1);
    batch.normalise(batch.weight());
    return batch;
  }
}
