package io.sluice.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.cell.Network;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import io.sluice.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private final Architecture lstm = shape(CellKind.LSTM);
  private final Windows windows = Waves.windows(220, 20, 1);
  private final Windows later = Waves.windows(30, 20, 2);
  private final Plan plan =
      Plan.of(new Loss.Squared(), 3)
          .with(Optimiser.Adam.DEFAULT, new Schedule.Constant(0.01))
          .withBurnIn(5);

  private static Architecture shape(CellKind cell) {
    return new Architecture(cell, 1, 11, 1, false, 0, new Head.Linear(1));
  }

  private Weights trained(Plan plan) throws InterruptedException {
    return new Trainer(plan)
        .train(Initial.uniform(lstm, 7), windows, later, Progress.SILENT)
        .weights();
  }

  @Test
  void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() throws InterruptedException {
    Plan large = plan.withBatch(3 * Passes.CHUNK + 5);
    Weights once = trained(large);
    assertThat(trained(large)).isEqualTo(once);
    assertThat(trained(large.withThreads(2))).isEqualTo(once);
    assertThat(trained(large.withThreads(3))).isEqualTo(once);
    assertThat(trained(large.withSeed(2))).isNotEqualTo(once);
  }

  /** Large enough that a linear algebra library would split its products among threads. */
  @Test
  void theBitsOfLargeProductsDoNotDependOnThreadsEither() throws InterruptedException {
    Architecture wide = new Architecture(CellKind.LSTM, 1, 128, 2, false, 0, new Head.Linear(1));
    Plan large = Plan.of(new Loss.Squared(), 1).withBatch(128);
    Weights start = Initial.uniform(wide, 7);
    List<Weights> trained = new ArrayList<>();
    for (int threads : new int[] {1, 2, 4}) {
      Trainer trainer = new Trainer(large.withThreads(threads));
      trained.add(trainer.train(start, windows, Windows.NONE, Progress.SILENT).weights());
    }
    assertThat(trained).containsOnly(trained.get(0));
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void everyCellLearnsAWave(CellKind cell) throws InterruptedException {
    Trained trained =
        new Trainer(
                new Plan(
                    plan.loss(), plan.optimiser(), plan.schedule(), 25, 20, 1, 5, 0, false, 1, 2))
            .train(Initial.uniform(shape(cell), 3), windows, later, Progress.SILENT);
    double first = trained.epochs().get(0).heldOut();
    assertThat(trained.epochs().get(trained.best() - 1).heldOut())
        .isLessThan(0.05)
        .isLessThan(first / 5);
  }

  @Test
  void servingAnswersAsTrainingDid() throws InterruptedException {
    Weights weights = trained(plan);
    Network network = Network.of(weights.architecture(), weights.tensors());
    double sum = 0;
    for (int n = 0; n < later.count(); n++) {
      Window window = later.window(n);
      float[] state = new float[network.stateSize()];
      float[] y = new float[1];
      for (int t = 0; t < later.steps(); t++) {
        network.step(state, new float[] {window.inputs()[t]}, y, network.workspace());
        sum += t < plan.burnIn() ? 0 : Math.pow(y[0] - window.targets()[t], 2);
      }
    }
    double mean = sum / (later.count() * (later.steps() - plan.burnIn()));
    assertThat(new Trainer(plan).loss(weights, later)).isCloseTo(mean, within(1e-6));
  }

  @Test
  void whatIsMaskedOrBurntInLeavesNoTrace() throws InterruptedException {
    List<Window> spoilt = new ArrayList<>();
    for (int n = 0; n < windows.count(); n++) {
      Window window = windows.window(n);
      float[] targets = window.targets().clone();
      float[] mask = window.mask().clone();
      targets[2] = 1e9f; // within the burn-in
      targets[9] = Float.NaN;
      mask[9] = 0;
      spoilt.add(new Window(window.inputs(), targets, mask));
    }
    List<Window> holes = new ArrayList<>();
    for (Window window : spoilt) {
      float[] targets = window.targets().clone();
      targets[2] = 0;
      targets[9] = 0;
      holes.add(new Window(window.inputs(), targets, window.mask()));
    }
    Trainer trainer = new Trainer(plan);
    Weights start = Initial.uniform(lstm, 7);
    Weights one =
        trainer.train(start, Windows.of(20, spoilt), Windows.NONE, Progress.SILENT).weights();
    Weights two =
        trainer.train(start, Windows.of(20, holes), Windows.NONE, Progress.SILENT).weights();
    assertThat(one).isEqualTo(two);
  }

  @Test
  void carriedMemoryMakesWindowsOneLongSequence() throws InterruptedException {
    // two rows of three windows each, in the order of their batches
    Windows whole = Waves.windows(2, 30, 5);
    List<Window> cut = new ArrayList<>();
    for (int from = 0; from < 30; from += 10) {
      for (int row = 0; row < 2; row++) {
        Window window = whole.window(row);
        cut.add(
            new Window(
                Arrays.copyOfRange(window.inputs(), from, from + 10),
                Arrays.copyOfRange(window.targets(), from, from + 10),
                Arrays.copyOfRange(window.mask(), from, from + 10)));
      }
    }
    Plan plain = Plan.of(new Loss.Squared(), 1).withBatch(2);
    for (CellKind cell : CellKind.values()) {
      Architecture shape = new Architecture(cell, 1, 6, 2, false, 3, new Head.Linear(1));
      Weights weights = Initial.uniform(shape, 1);
      double expected = new Trainer(plain).loss(weights, whole);
      double carried = new Trainer(plain.withCarriedMemory()).loss(weights, Windows.of(10, cut));
      assertThat(carried).as("%s", cell).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void stopsWhenNothingGetsBetter() throws InterruptedException {
    Plan still =
        new Plan(
            new Loss.Squared(),
            new Optimiser.Sgd(),
            new Schedule.Constant(1e-30),
            50,
            64,
            1,
            0,
            4,
            false,
            1,
            1);
    Trained trained =
        new Trainer(still).train(Initial.uniform(lstm, 1), windows, later, Progress.SILENT);
    assertThat(trained.epochs()).hasSize(5);
    assertThat(trained.best()).isEqualTo(1);
  }

  @Test
  void aBatchWithoutAFiniteGradientIsSkippedAndCounted() throws InterruptedException {
    List<Window> poisoned = new ArrayList<>();
    for (int n = 0; n < windows.count(); n++) {
      poisoned.add(windows.window(n));
    }
    Window first = poisoned.get(0);
    float[] targets = first.targets().clone();
    targets[12] = Float.POSITIVE_INFINITY;
    poisoned.set(0, new Window(first.inputs(), targets, first.mask()));
    Trained trained =
        new Trainer(plan.withBatch(10))
            .train(
                Initial.uniform(lstm, 1), Windows.of(20, poisoned), Windows.NONE, Progress.SILENT);
    assertThat(trained.epochs()).allMatch(epoch -> epoch.skipped() == 1);
    assertThat(trained.epochs()).allMatch(epoch -> Double.isFinite(epoch.loss()));
  }

  @Test
  void memoryIsCarriedThroughAWindowThatIsWhollyMasked() throws InterruptedException {
    Windows waves = Waves.windows(3, 20, 5);
    Window middle = waves.window(1);
    List<Window> masked =
        List.of(
            waves.window(0),
            new Window(middle.inputs(), middle.targets(), new float[20]),
            waves.window(2));
    Plan still =
        Plan.of(new Loss.Squared(), 1)
            .with(new Optimiser.Sgd(), new Schedule.Constant(1e-30))
            .withBatch(1)
            .withCarriedMemory();
    Weights start = Initial.uniform(lstm, 7);
    Trainer trainer = new Trainer(still);
    Windows three = Windows.of(20, masked);
    Windows two = Windows.of(20, List.of(masked.get(0), masked.get(2)));
    double learnt =
        trainer.train(start, three, Windows.NONE, Progress.SILENT).epochs().get(0).loss();
    assertThat(learnt).isCloseTo(trainer.loss(start, three), within(1e-6));
    assertThat(learnt).isNotCloseTo(trainer.loss(start, two), within(1e-4));
  }

  @Test
  void aBrokenWindowSpoilsItsOwnBatchAlone() throws InterruptedException {
    Windows waves = Waves.windows(3, 20, 5);
    float[] broken = waves.window(1).inputs().clone();
    broken[3] = Float.NaN;
    Window middle = new Window(broken, waves.window(1).targets(), waves.window(1).mask());
    Windows three = Windows.of(20, List.of(waves.window(0), middle, waves.window(2)));
    Plan many = Plan.of(new Loss.Squared(), 12).withBatch(2).withPatience(12);
    Trained trained =
        new Trainer(many).train(Initial.uniform(lstm, 1), three, Windows.NONE, Progress.SILENT);
    assertThat(trained.epochs()).hasSize(12).allMatch(epoch -> epoch.skipped() == 1);
  }

  @Test
  void anEpochWithoutAScoreIsNeverTheBest() throws InterruptedException {
    Windows good = Waves.windows(3, 20, 5);
    List<Window> bad = new ArrayList<>();
    for (int n = 0; n < good.count(); n++) {
      float[] inputs = good.window(n).inputs().clone();
      inputs[3] = Float.NaN;
      bad.add(new Window(inputs, good.window(n).targets(), good.window(n).mask()));
    }
    Windows badAtFirst =
        new Windows() {
          @Override
          public int count() {
            return good.count();
          }

          @Override
          public int steps() {
            return good.steps();
          }

          @Override
          public Window window(int index) {
            return good.window(index);
          }

          @Override
          public Windows epoch(int number) {
            return number == 1 ? Windows.of(good.steps(), bad) : good;
          }
        };
    Plan patient = Plan.of(new Loss.Squared(), 4).withPatience(4);
    Trained trained =
        new Trainer(patient)
            .train(Initial.uniform(lstm, 1), badAtFirst, Windows.NONE, Progress.SILENT);
    assertThat(trained.epochs().get(0).loss()).isNaN();
    assertThat(trained.best()).isEqualTo(4);
  }

  @Test
  void aBurnInThatLeavesNoStepIsRefused() {
    Trainer trainer = new Trainer(plan.withBurnIn(20));
    assertThatThrownBy(
            () -> trainer.train(Initial.uniform(lstm, 1), windows, later, Progress.SILENT))
        .hasMessage("a burn-in of 20 steps leaves nothing to learn from of windows of 20");
  }

  @Test
  void anInterruptedTrainingStops() {
    assertThatThrownBy(
            () ->
                new Trainer(plan)
                    .train(
                        Initial.uniform(lstm, 1),
                        windows,
                        Windows.NONE,
                        epoch -> Thread.currentThread().interrupt()))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void forgetGatesBeginAsToldAndNothingElseChanges() {
    Weights start = Initial.uniform(lstm, 1);
    Weights open = Initial.forgetting(start, 3);
    assertThat(open.tensors().tensor("bias_ih_l0").data()[11]).isEqualTo(3);
    assertThat(open.tensors().tensor("bias_hh_l0").data()[21]).isZero();
    assertThat(open.tensors().tensor("bias_ih_l0").data()[10])
        .isEqualTo(start.tensors().tensor("bias_ih_l0").data()[10]);
    assertThat(open.tensors().tensor("weight_ih_l0"))
        .isEqualTo(start.tensors().tensor("weight_ih_l0"));
  }
}
