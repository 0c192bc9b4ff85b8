package io.sluice.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.anomaly.Kind;
import io.sluice.cell.Network;
import io.sluice.online.Regression;
import io.sluice.symbols.Symbols;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Edition;
import io.sluice.weights.Examples;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Signature;
import io.sluice.weights.Variable;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SymbolForecasterTest {
  private static final Symbols MACHINE = new Symbols(List.of("idle", "run", "fault"), 2);
  private static final int UNKNOWN = 3;
  private final ForecastPlan plan = ForecastPlan.of("state", MACHINE);
  private final Forecaster forecaster = new Forecaster(plan);
  private final Memory memory = Memory.fresh(plan);
  private final Ledger ledger = new Ledger();
  private long minute;

  @Test
  void aChainAnswersFromTheFirstSymbolOn() {
    hear(0, Model.none());
    assertThat(ledger.last().status()).isEqualTo(Status.BASELINE);
    assertThat(ledger.last().model()).isEqualTo("markov");
    assertThat(ledger.last().symbols()).hasSize(2);
    assertThat(ledger.last().coverage()).hasSize(1);
    assertThat(ledger.verdict().expected()[0]).isNaN();

    cycle(100, Model.none());
    hear(0, Model.none());
    assertThat(ledger.last().symbols()[0]).isEqualTo(1);
    assertThat(ledger.last().chances()[0]).isGreaterThan(0.95);
    assertThat(ledger.last().coverage(0, 0)).isGreaterThan(0.95);
  }

  @Test
  void aSymbolOutOfTurnSurprises() {
    cycle(3000, Model.none());
    hear(2, Model.none());
    assertThat(ledger.verdict().kind()).isEqualTo(Kind.UNLIKELY);
    assertThat(ledger.verdict().surprise()).isGreaterThan(0.5);
    assertThat(ledger.verdict().expected()).containsExactly(0);
    assertThat(ledger.verdict().actual()).containsExactly(2);
    assertThat(ledger.verdict().contribution()).containsExactly(1);
    assertThat(ledger.verdict().alert()).isTrue();
    assertThat(ledger.verdict().episode().id()).isNotEmpty();
    hear(1, Model.none());
    assertThat(ledger.verdict().alert()).as("told once an episode").isFalse();
  }

  @Test
  void whatSurprisesTooSoonSaysWhyThereIsNoAlert() {
    cycle(30, Model.none());
    hear(Double.POSITIVE_INFINITY, Model.none());
    assertThat(ledger.verdict().kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(ledger.verdict().alert()).isFalse();
    assertThat(ledger.verdict().reason()).isEqualTo("warming");
  }

  @Test
  void symbolsWithoutANameAreToldEachTimeAndSurpriseAtFirst() {
    cycle(600, Model.none());
    hear(77, Model.none());
    assertThat(ledger.verdict().kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(ledger.verdict().surprise()).isGreaterThan(0.5);
    for (int i = 0; i < 300; i++) {
      hear(i % 2 == 0 ? 0 : -5, Model.none());
    }
    assertThat(ledger.verdict().kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(ledger.verdict().surprise()).isLessThan(0.2);
    hear(0, Model.none());
    assertThat(ledger.last().symbols()[0]).isEqualTo(UNKNOWN);
  }

  @Test
  void aReadingWithoutASymbolTeachesNothing() {
    cycle(50, Model.none());
    Forecast before = ledger.last();
    hear(Double.NaN, Model.none());
    assertThat(ledger.last().imputed()).isTrue();
    assertThat(ledger.last().chances()).isEqualTo(before.chances());
    assertThat(ledger.verdict().kind()).isEqualTo(Kind.NORMAL);
    assertThat(ledger.verdict().surprise()).isZero();
  }

  @Test
  void severalOfOneTimeAreStepped() {
    hear(0, Model.none());
    minute--;
    hear(1, Model.none());
    minute--;
    hear(1, Model.none());
    minute -= 2;
    hear(1, Model.none());
    assertThat(ledger.forecasts).hasSize(2);
    assertThat(ledger.repeats).hasSize(1);
    assertThat(ledger.late).hasSize(1);
  }

  @Test
  void theFirstChancesOfANetworkAreHalfItsSoftmaxAndHalfTheChains() {
    Release release = release(1, 5);
    Network network = Network.of(release.architecture(), release.tensors());
    float[] state = new float[network.stateSize()];
    float[] answer = new float[network.outputs()];
    Model model = Model.of(release, plan);
    int warmup = plan.warmup();
    for (int i = 0; i < warmup; i++) {
      hear(i % 3, model);
      float[] x = new float[MACHINE.places() + 1];
      x[i % 3] = 1;
      network.step(state, x, answer, network.workspace());
      assertThat(ledger.last().status()).isEqualTo(i < warmup - 1 ? Status.WARMING : Status.LIVE);
    }
    double[] chances = ledger.last().chances();
    int[] symbols = ledger.last().symbols();
    ForecastPlan longer = ForecastPlan.of("state", MACHINE);
    Memory other = Memory.fresh(longer);
    Ledger chain = new Ledger();
    for (int i = 0; i < warmup; i++) {
      new Forecaster(longer).advance(other, reading(i, i % 3), Model.none(), chain);
    }
    assertThat(ledger.last().version()).isEqualTo(1);
    assertThat(symbols[0]).isEqualTo(chain.last().symbols()[0]);
    assertThat(chances[0])
        .isCloseTo((chain.last().chances()[0] + answer[symbols[0]]) / 2, within(1e-7));
  }

  @Test
  void memoriesThatAreWrittenAndReadAtEveryEventSayTheSame() throws IOException {
    Model[] models = {Model.none(), Model.of(release(1, 5), plan), Model.of(release(2, 6), plan)};
    Memory reborn = Memory.fresh(plan);
    Ledger second = new Ledger();
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      double symbol = random.nextInt(4) == 0 ? random.nextInt(5) : i % 3;
      Reading reading = reading(minute + (i > 150 ? 10_000 : 0), i % 40 == 0 ? Double.NaN : symbol);
      minute += random.nextInt(3);
      forecaster.advance(memory, reading, models[i / 100], ledger);
      new Forecaster(plan).advance(reborn, reading, models[i / 100], second);
      byte[] bytes = reborn.bytes();
      reborn = Memory.of(bytes);
      assertThat(reborn.bytes()).isEqualTo(bytes);
    }
    assertThat(second.transcript).hasToString(ledger.transcript.toString());
    assertThat(ledger.forecasts).extracting(Forecast::version).contains(0L, 1L, 2L);
  }

  @Test
  void identicalWeightsChangeTheVersionAlone() {
    Ledger straight = new Ledger();
    Memory other = Memory.fresh(plan);
    for (int i = 0; i < 120; i++) {
      hear(i * i % 7 % 3, Model.of(release(i < 60 ? 1 : 2, 5), plan));
      forecaster.advance(other, reading(i, i * i % 7 % 3), Model.of(release(1, 5), plan), straight);
    }
    assertThat(ledger.transcript.toString()).isNotEqualTo(straight.transcript.toString());
    assertThat(ledger.transcript.toString().replace("machines 2", "machines 1"))
        .isEqualTo(straight.transcript.toString());
  }

  @Test
  void otherWeightsFormTheMemoryFromTheLastSymbols() {
    Release later = release(2, 9);
    Network network = Network.of(later.architecture(), later.tensors());
    float[] state = new float[network.stateSize()];
    for (int i = 0; i < 200; i++) {
      hear(i * i % 7 % 3, Model.of(i < 199 ? release(1, 5) : later, plan));
      if (i >= 200 - plan.context()) {
        float[] x = new float[MACHINE.places() + 1];
        x[i * i % 7 % 3] = 1;
        network.advance(state, x, network.workspace());
      }
    }
    assertThat(memory.encoding().state()).isEqualTo(state);
  }

  @Test
  void releasesOfOtherSymbolsAreRefused() {
    ForecastPlan others = ForecastPlan.of("state", new Symbols(List.of("on", "off", "fault"), 2));
    assertThatThrownBy(() -> Model.of(release(1, 5), others))
        .hasMessageContaining("has the inputs [state=idle, state=run, state=fault, state=unknown");
  }

  @Test
  void aSeriesOfTenThousandSymbolsIsSmall() {
    Random random = new Random(2);
    for (int i = 0; i < 10_000; i++) {
      hear(random.nextInt(3), Model.none());
    }
    assertThat(memory.bytes().length).isLessThan(1100);
  }

  @Test
  void whatDoesNotGoWithSymbolsIsRefusedByName() {
    assertThatThrownBy(() -> plan.withHistory(1200))
        .hasMessage("symbols do not go with the history 1200, only with 0");
    assertThatThrownBy(
            () ->
                new ForecastPlan(
                    List.of("a", "b"),
                    List.of(),
                    ForecastPlan.NEXT,
                    Timing.DEFAULT,
                    9,
                    9,
                    0,
                    List.of(),
                    0,
                    Regression.STANDARD,
                    ForecastPlan.PAST,
                    plan.alerts(),
                    MACHINE))
        .hasMessage("a reading of symbols has one value, not 2: [a, b]");
  }

  private void cycle(int symbols, Model model) {
    for (int i = 0; i < symbols; i++) {
      hear(minute % 3, model);
    }
    // ends where 0 is to come
    while (minute % 3 != 0) {
      hear(minute % 3, model);
    }
  }

  private void hear(double symbol, Model model) {
    forecaster.advance(memory, reading(minute++, symbol), model, ledger);
  }

  private static Reading reading(long minute, double symbol) {
    return new Reading("machine", Plans.START + minute * Plans.MINUTE, symbol);
  }

  private Release release(long version, long seed) {
    return release(plan, version, seed);
  }

  static Release release(ForecastPlan plan, long version, long seed) {
    Architecture architecture =
        new Architecture(CellKind.LSTM, plan.inputs().size(), 7, 2, false, 0, plan.head());
    return new Release(
        Edition.candidate("machines", version),
        Examples.weights(architecture, seed),
        new Signature(
            plan.inputs(),
            List.of(new Variable("state", "", 0, 1)),
            plan.horizon(),
            plan.timing().zone()),
        Provenance.imported("here"));
  }
}
