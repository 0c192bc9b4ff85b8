package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Label;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.Flows;
import io.sluice.forecast.Model;
import io.sluice.retrain.Library;
import io.sluice.retrain.Order;
import io.sluice.settings.Settings;
import io.sluice.weights.Edition;
import io.sluice.weights.RefusedException;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job but for Kafka, on a cluster in this process. */
class RetrainJobTest {
  private static final int MINUTES = 500;
  private static final String SMALL =
      """
      model: {horizon: [1, 6], calendar: [], warmup: 16, context: 16, hidden: 8}
      retrain: {history: 512, steps: 32, burnIn: 8, epochs: 5, meetings: 3, rate: 0.01}
      """;
  private static final Settings SETTINGS = Plant.settings(SMALL);

  private static List<Arrival> readings(IntToDoubleFunction value) {
    return readings(6, value);
  }

  /** A value a minute each. */
  private static List<Arrival> readings(int count, IntToDoubleFunction value) {
    List<Arrival> readings = new ArrayList<>();
    for (int minute = 0; minute < MINUTES; minute++) {
      for (int series = 0; series < count; series++) {
        readings.add(
            Plant.arrival("pump-" + series, minute, value.applyAsDouble(minute + 5 * series)));
      }
    }
    return readings;
  }

  private static List<Arrival> waves() {
    return waves(6);
  }

  private static List<Arrival> waves(int series) {
    Random random = new Random(5);
    return readings(
        series, minute -> 20 + Math.sin(2 * Math.PI * minute / 24) + 0.1 * random.nextGaussian());
  }

  private static Optional<Release> learnt(
      List<Arrival> readings, List<Release> published, long cut, int parallelism) throws Exception {
    return learnt(SETTINGS, readings, published, cut, parallelism);
  }

  private static Optional<Release> learnt(
      Settings settings, List<Arrival> readings, List<Release> published, long cut, int parallelism)
      throws Exception {
    return learnt(settings, readings, published, new Order(cut, "default"), parallelism);
  }

  @SuppressWarnings("try") // close may be interrupted
  private static Optional<Release> learnt(
      Settings settings,
      List<Arrival> readings,
      List<Release> published,
      Order order,
      int parallelism)
      throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 2 * parallelism);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    var arrivals = env.fromData(Flows.ARRIVAL, readings.toArray(Arrival[]::new)).uid("arrivals");
    var orders = env.fromData(order);
    List<byte[]> known = published.stream().map(Release::bytes).toList();
    Set<Release> made = new HashSet<>();
    var learning = RetrainJob.releases(arrivals, orders, settings, library(known));
    assertThat(learning.getTransformation().getSlotSharingGroup().isPresent())
        .isEqualTo(settings.retrain().ownSlots());
    try (CloseableIterator<Release> releases = learning.executeAndCollect()) {
      releases.forEachRemaining(made::add);
    }
    assertThat(made).hasSizeLessThan(2);
    return made.stream().findFirst();
  }

  private static Library library(List<byte[]> releases) {
    ArrayList<byte[]> kept = new ArrayList<>(releases);
    return () -> kept.stream().map(RetrainJobTest::release).toList();
  }

  private static Release release(byte[] bytes) {
    try {
      return Release.read("a test", bytes);
    } catch (RefusedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Release learnt(List<Arrival> readings, int parallelism) throws Exception {
    return learnt(readings, List.of(), Long.MAX_VALUE, parallelism).get();
  }

  @Test
  void whatItLearntIsPromotedWithItsOrigin() throws Exception {
    Release release = learnt(waves(), 1);
    long last = Plant.START + (MINUTES - 1) * Plant.MINUTE;

    assertThat(release.edition().state()).isEqualTo(State.PROMOTED);
    assertThat(release.edition().reason()).contains("better than the last value");
    assertThat(release.edition().activeFrom()).isEqualTo(last + Plant.MINUTE);
    assertThat(release.provenance().to()).isEqualTo(last);
    assertThat(release.provenance().parent()).isZero();
    assertThat(release.signature().variables().get(0).centre()).isBetween(19.8, 20.2);
    assertThat(release.signature().variables().get(0).scale()).isBetween(0.5, 1.5);
    assertThat(Model.of(release, SETTINGS.plan()).answers()).isTrue();
    double candidate = release.provenance().losses().get("on later readings");
    double naive = release.provenance().losses().get("on later readings, of the last value");
    assertThat(candidate).isLessThan(0.6 * naive);
  }

  @Test
  void theSameReadingsGiveTheSameBits() throws Exception {
    assertThat(learnt(waves(), 2)).isEqualTo(learnt(waves(), 2));
  }

  @Test
  void inSlotsOfItsOwnItLearnsTheSame() throws Exception {
    Settings apart = Plant.settings(SMALL.replace("retrain: {", "retrain: {ownSlots: true, "));
    assertThat(learnt(apart, waves(), List.of(), Long.MAX_VALUE, 2)).contains(learnt(waves(), 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"epochs: 2, meetings: 16", "epochs: 12, meetings: 2"})
  void twoAndFourSubtasksComeWithinTwoPercentOfTheLossOfOne(String learning) throws Exception {
    Settings often = Plant.settings(SMALL.replace("epochs: 5, meetings: 3", learning));
    double[] losses = new double[3];
    for (int i = 0; i < losses.length; i++) {
      Release release = learnt(often, waves(16), List.of(), Long.MAX_VALUE, 1 << i).get();
      losses[i] = release.provenance().losses().get("on later readings");
    }

    assertThat(losses[1] / losses[0]).isBetween(0.9, 1.02);
    assertThat(losses[2] / losses[0]).isBetween(0.9, 1.02);
  }

  @Test
  void noReadingAfterTheCutChangesABit() throws Exception {
    long cut = Plant.START + 400 * Plant.MINUTE;
    List<Arrival> readings = waves();
    List<Arrival> others = new ArrayList<>(readings);
    for (int i = 6 * 401; i < others.size(); i++) {
      others.set(i, Plant.arrival("pump-" + i % 6, i / 6, i % 3 == 0 ? Double.NaN : 1e30));
    }

    assertThat(learnt(others, List.of(), cut, 1))
        .isEqualTo(learnt(readings, List.of(), cut, 1))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "stuck", "wild"})
  void aPoisonedHistoryPromotesNothingWhereTheSoundOneWouldHave(String poison) throws Exception {
    Release champion = Plant.release(SETTINGS.plan(), 1, 0, 1);
    Release sound = learnt(waves(), List.of(champion), Long.MAX_VALUE, 1).get();
    assertThat(sound.edition().state()).isEqualTo(State.PROMOTED);
    assertThat(sound.edition().reason()).contains("than the version before");

    Optional<Release> spoilt =
        learnt(spoilt(waves(), poison), List.of(champion), Long.MAX_VALUE, 1);

    assertThat(spoilt.isPresent()).isEqualTo(!poison.equals("missing"));
    assertThat(spoilt.stream().map(Release::edition))
        .allMatch(edition -> edition.state() == State.CANDIDATE)
        .allMatch(edition -> edition.reason().startsWith("not 1.0 % better than the last value"));
  }

  private static List<Arrival> spoilt(List<Arrival> readings, String poison) {
    Random random = new Random(8);
    List<Arrival> spoilt = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      double sound = ((Arrival.Decoded) readings.get(i)).reading().values()[0];
      double value =
          switch (poison) {
            case "missing" -> Double.NaN;
            case "stuck" -> 20;
            default -> random.nextInt(10) == 0 ? 1e30 : sound;
          };
      spoilt.add(Plant.arrival("pump-" + i % 6, i / 6, value));
    }
    return spoilt;
  }

  /** In what is learnt from, and in what it is measured by. */
  @ParameterizedTest
  @ValueSource(ints = {250, 450})
  void aSpikeInAllSeriesSpoilsNothingOfWhatTheRestTeaches(int minute) throws Exception {
    double calm = learnt(waves(), 1).provenance().losses().get("on later readings");
    List<Arrival> readings = waves();
    for (int i = 0; i < 6; i++) {
      readings.set(6 * minute + i, Plant.arrival("pump-" + i, minute, 1e30));
    }

    Release release = learnt(readings, 1);

    double spiked = release.provenance().losses().get("on later readings");
    assertThat(spiked / calm).isBetween(0.9, 1.1);
    assertThat(release.signature().variables().get(0).scale()).isBetween(0.5, 1.5);
  }

  @Test
  void aFleetThatGotStuckIsNoMeasureOfWhatWasLearnt() throws Exception {
    List<Arrival> readings = waves();
    for (int i = 6 * 300; i < readings.size(); i++) {
      double last = ((Arrival.Decoded) readings.get(i % 6 + 6 * 299)).reading().values()[0];
      readings.set(i, Plant.arrival("pump-" + i % 6, i / 6, last));
    }

    Release release = learnt(readings, 1);

    assertThat(release.edition().state()).isEqualTo(State.CANDIDATE);
  }

  @Test
  void whatAPersonSaysOfAReadingDecidesWhetherItIsLearntFrom() throws Exception {
    List<Arrival> readings = waves();
    readings.set(6 * 300 + 2, Plant.arrival("pump-2", 300, 26));
    Release unheard = learnt(readings, 2);

    assertThat(learnt(andSaid(readings, Label.TRUE), 2).weights()).isEqualTo(unheard.weights());
    assertThat(learnt(andSaid(readings, Label.FALSE), 2).weights()).isNotEqualTo(unheard.weights());
    assertThat(learnt(andSaid(readings, Label.MAINTENANCE), 2).weights())
        .isNotEqualTo(unheard.weights());
  }

  private static List<Arrival> andSaid(List<Arrival> readings, Label label) {
    List<Arrival> arrivals = new ArrayList<>(readings);
    arrivals.add(Plant.says("pump-2", 300, label));
    return arrivals;
  }

  @Test
  void learningThatRunsAwayIsKeptAsACandidateWithTheReason() throws Exception {
    for (String rate : List.of("1e5", "1e39")) {
      Settings wild = Plant.settings(SMALL.replace("rate: 0.01", "rate: " + rate));
      Release release = learnt(wild, waves(), List.of(), Long.MAX_VALUE, 1).get();

      assertThat(release.edition().state()).isEqualTo(State.CANDIDATE);
      assertThat(release.edition().reason()).containsAnyOf("too large", "no numbers any more");
    }
  }

  @Test
  void goesOnFromWhatAnswersNowAndMustBeBetter() throws Exception {
    Release first = learnt(waves(), 1);
    Release second = learnt(waves(), List.of(first), Long.MAX_VALUE, 1).get();

    assertThat(second.version()).isEqualTo(2);
    assertThat(second.provenance().parent()).isOne();
    assertThat(second.edition().reason()).contains("the version before");
    assertThat(second.provenance().losses().get("on later readings, of the version before"))
        .isEqualTo(first.provenance().losses().get("on later readings"));
  }

  @Test
  void aFreshRoundBeginsFromScratchAndMustBeatWhatAnswersNow() throws Exception {
    Release first = learnt(waves(), 1);
    Order fresh = new Order(Long.MAX_VALUE, "default", true);
    Release second = learnt(SETTINGS, waves(), List.of(first), fresh, 1).get();

    assertThat(second.version()).isEqualTo(2);
    assertThat(second.weights()).isEqualTo(first.weights());
    assertThat(second.provenance().parent()).isZero();
    assertThat(second.edition().state()).isEqualTo(State.CANDIDATE);
    assertThat(second.edition().reason()).startsWith("not 1.0 % better than the version before");
  }

  @Test
  void aNetworkOfAnotherShapeBeginsFromScratchAndMustBeatWhatAnswersNow() throws Exception {
    Release first = learnt(waves(), 1);
    Settings wider = Plant.settings(SMALL.replace("hidden: 8", "hidden: 9"));
    Release alone = learnt(wider, waves(), List.of(), Long.MAX_VALUE, 1).get();
    // though what answers has learnt from the same readings
    long cut = first.provenance().to() - 1;
    assertThat(learnt(waves(), List.of(first), cut, 1)).isEmpty();
    assertThat(learnt(wider, waves(), List.of(first), cut, 1)).isPresent();

    Release second = learnt(wider, waves(), List.of(first), Long.MAX_VALUE, 1).get();

    assertThat(second.weights()).isEqualTo(alone.weights());
    assertThat(second.provenance().parent()).isZero();
    assertThat(second.provenance().losses().get("on later readings, of the version before"))
        .isEqualTo(first.provenance().losses().get("on later readings"));
  }

  @Test
  void leftToLiveEventsItIsACandidateBesideTheOneThatAnswersAndOneAtATime() throws Exception {
    Settings live = Plant.settings(SMALL.replace("retrain: {", "retrain: {promote: live, "));
    Release first = learnt(live, waves(), List.of(), Long.MAX_VALUE, 1).get();
    assertThat(first.edition().state()).isEqualTo(State.PROMOTED);

    Release poor = Plant.release(live.plan(), 1, 0, 1);
    Release second = learnt(live, waves(), List.of(poor), Long.MAX_VALUE, 1).get();
    assertThat(second.edition()).isEqualTo(Edition.candidate("default", 2));

    Release third = learnt(live, waves(), List.of(poor, second), Long.MAX_VALUE, 1).get();
    assertThat(third.edition().state()).isEqualTo(State.CANDIDATE);
    assertThat(third.edition().reason())
        .isEqualTo("not measured: live events have not decided on version 2 yet");

    Release turnedDown = second.rolledBack("live: loss 3.0 % higher than version 1's");
    Release fourth = learnt(live, waves(), List.of(poor, turnedDown), Long.MAX_VALUE, 1).get();
    assertThat(fourth.edition()).isEqualTo(Edition.candidate("default", 3));
  }

  @Test
  void aGroupWhoseOwnWeightsFailInheritsTheGeneralModelsWhenThoseAreNew() throws Exception {
    Settings grouped = Plant.settings(SMALL + "weights: {groups: {'pump-[01]': walkers}}\n");
    Order round = new Order(Long.MAX_VALUE, "walkers");
    List<Arrival> readings = wandering(waves());
    Release general = Plant.release(grouped.plan(), 1, 0, 1);
    Release newer = Plant.release(grouped.plan(), 2, 10, 2);

    Release first = learnt(grouped, readings, List.of(general), round, 1).get();
    Release none = learnt(grouped, readings, List.of(general, first), round, 1).get();
    Release second = learnt(grouped, readings, List.of(general, first, newer), round, 1).get();

    assertInherited(first, general, 1);
    assertThat(none.edition().state()).isEqualTo(State.CANDIDATE);
    assertThat(none.edition().reason()).startsWith("not 1.0 % better than the last value");
    assertInherited(second, newer, 2);
  }

  private static void assertInherited(Release heir, Release general, long version) {
    assertThat(heir.model()).isEqualTo("walkers");
    assertThat(heir.version()).isEqualTo(version);
    assertThat(heir.edition().state()).isEqualTo(State.PROMOTED);
    assertThat(heir.edition().activeFrom()).isEqualTo(general.edition().activeFrom());
    assertThat(heir.edition().reason())
        .startsWith(
            "the weights of default version %d: its own are not 1.0 %% better than the last value"
                .formatted(general.version()));
    assertThat(heir.weights()).isEqualTo(general.weights());
  }

  /** The first two series go anywhere: nothing foretells them better than their last value. */
  private static List<Arrival> wandering(List<Arrival> readings) {
    Random random = new Random(8);
    double[] walks = {20, 20};
    List<Arrival> all = new ArrayList<>(readings);
    for (int i = 0; i < all.size(); i++) {
      if (i % 6 < walks.length) {
        walks[i % 6] += random.nextGaussian();
        all.set(i, Plant.arrival("pump-" + i % 6, i / 6, walks[i % 6]));
      }
    }
    return all;
  }
}
