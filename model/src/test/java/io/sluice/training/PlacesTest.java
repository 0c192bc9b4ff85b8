package io.sluice.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same work done in one place, or in several that meet. */
class PlacesTest {
  private static final int STEPS = 48;
  private static final int BATCH = 64;
  private static final int MEETINGS = 16;
  private static final int SEEDS = 3;
  private static final Architecture SMALL =
      new Architecture(CellKind.LSTM, 1, 16, 1, false, 0, new Head.Quantiles(1, 1, 3));

  private static double alone;

  @BeforeAll
  static void learnInOnePlace() throws InterruptedException {
    alone = loss(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void severalPlacesComeWithinTwoPercentOfTheLossOfOne(int places) throws InterruptedException {
    assertThat(loss(places) / alone).isBetween(0.9, 1.02);
  }

  private static double loss(int places) throws InterruptedException {
    double sum = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      sum += loss(places, seed);
    }
    return sum / SEEDS;
  }

  /** On windows that nobody learnt from. */
  private static double loss(int places, int seed) throws InterruptedException {
    Windows all = waves(1024, 100 + seed);
    Plan plan =
        Plan.of(new Loss.Quantile(List.of(0.05, 0.5, 0.95)), 1)
            .withBurnIn(8)
            .withBatch(BATCH / places)
            .with(Optimiser.Adam.DEFAULT, new Schedule.Constant(0.003));
    Outer outer = new Outer(Initial.uniform(SMALL, seed));
    for (int meeting = 1; meeting <= MEETINGS; meeting++) {
      Trainer trainer = new Trainer(plan.withSeed(meeting));
      List<Outer.Arrived> arrived = new ArrayList<>();
      for (int place = 0; place < places; place++) {
        Windows own = share(all, place, places);
        Trained trained = trainer.train(outer.weights(), own, Windows.NONE, Progress.SILENT);
        arrived.add(new Outer.Arrived(trained.weights(), own.count()));
      }
      outer.step(arrived);
    }
    return new Trainer(plan).loss(outer.weights(), waves(512, 200 + seed));
  }

  private static Windows share(Windows all, int place, int places) {
    List<Window> own = new ArrayList<>();
    for (int i = place; i < all.count(); i += places) {
      own.add(all.window(i));
    }
    return Windows.of(STEPS, own);
  }

  /** Of every period and phase, with noise. */
  private static Windows waves(int count, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Window> windows = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      double phase = 2 * Math.PI * random.nextDouble();
      double pace = 0.2 + 0.5 * random.nextDouble();
      float[] wave = new float[STEPS + 1];
      for (int t = 0; t <= STEPS; t++) {
        wave[t] = (float) (Math.sin(phase + pace * t) + 0.3 * (random.nextDouble() - 0.5));
      }
      float[] mask = new float[STEPS];
      Arrays.fill(mask, 1);
      float[] targets = Arrays.copyOfRange(wave, 1, STEPS + 1);
      windows.add(new Window(Arrays.copyOf(wave, STEPS), targets, mask));
    }
    return Windows.of(STEPS, windows);
  }
}
