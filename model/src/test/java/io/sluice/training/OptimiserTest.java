package io.sluice.training;

import static io.sluice.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.Golden;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OptimiserTest {
  private final Golden golden = Golden.of("optimisers");

  @Test
  void stepsAreThoseOfPyTorch() {
    descendsAs("sgd", new Optimiser.Sgd(), 0.1);
    descendsAs("momentum", new Optimiser.Sgd(0.9), 0.1);
    descendsAs("adam", Optimiser.Adam.DEFAULT, 0.01);
    descendsAs("adamw", new Optimiser.AdamW(Optimiser.Adam.DEFAULT, 0.1), 0.01);
  }

  private void descendsAs(String name, Optimiser optimiser, double rate) {
    float[] w = golden.floats("start").clone();
    Descent descent = optimiser.begin(w.length);
    float[] gradients = golden.floats("gradients");
    for (int from = 0; from < gradients.length; from += w.length) {
      descent.step(w, Arrays.copyOfRange(gradients, from, from + w.length), rate);
      float[] theirs = Arrays.copyOfRange(golden.floats(name), from, from + w.length);
      assertClose(name + " from " + from, w, theirs, 1e-6);
    }
  }

  @Test
  void ratesAreThoseOfPyTorch() {
    Schedule.Pace cosine = new Schedule.WarmupCosine(0.1, 5, 21, 0.01).begin();
    float[] cosines = golden.floats("cosine");
    for (int step = 0; step < cosines.length; step++) {
      assertThat(cosine.rate(step)).isCloseTo(cosines[step], within(1e-7));
    }
    Schedule.Pace plateau = new Schedule.Plateau(0.1, 0.5, 2, 0.02).begin();
    float[] losses = golden.floats("plateau.losses");
    for (int epoch = 0; epoch < losses.length; epoch++) {
      plateau.heard(losses[epoch]);
      assertThat(plateau.rate(epoch)).isCloseTo(golden.floats("plateau")[epoch], within(1e-7));
    }
  }

  @Test
  void aLongGradientIsShortenedAndKeepsItsDirection() {
    Parameters dw =
        new Parameters(new Architecture(CellKind.RNN, 3, 2, 1, false, 0, new Head.Linear(2)));
    System.arraycopy(golden.floats("gradients"), 0, dw.values, 0, dw.values.length);
    dw.clip(1);
    assertClose("clipped", dw.values, golden.floats("clipped"), 1e-6);
    float[] shortened = dw.values.clone();
    dw.clip(2);
    assertThat(dw.values).containsExactly(shortened);
  }
}
