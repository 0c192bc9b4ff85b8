package io.sluice.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Broker;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.Start;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.retrain.Order;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsCounts;
import org.apache.flink.runtime.highavailability.nonha.embedded.HaLeadershipControl;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The job that runs for ever, on a real broker, over a night of readings that holds four cuts. */
@ExtendWith(Broker.class)
class LiveRetrainTest {
  private static final int MINUTES = 500;

  /** Minutes: what comes after one is nobody's to learn from in its round. */
  private static final List<Integer> CUTS = List.of(106, 226, 346, 466);

  private static final int ROUNDS = CUTS.size();

  /** The cut after those. */
  private static final int LATER = 586;

  /** Minutes more, by which event time passes a cut. */
  private static final int PASSED = 3;

  @TempDir private Path directory;

  private static EmbeddedBroker broker;
  private static List<Release> expected;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    Settings settings = settings("plain");
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts())) {
      start(flink, settings);
      expected = rounds(new Night(settings, minute -> 0), round -> {});
    }
  }

  @Test
  void eachRoundGoesOnFromWhatWasPromotedBefore() {
    assertThat(expected).extracting(Release::version).containsExactly(1L, 2L, 3L, 4L);
    long[] best = {0};
    for (Release release : expected) {
      assertThat(release.provenance().parent()).isEqualTo(best[0]);
      best[0] = release.edition().state() == State.PROMOTED ? release.version() : best[0];
    }
    assertThat(best[0]).isPositive();
  }

  @Test
  void killedInTheMiddleOfRoundsItPublishesTheSame() throws Exception {
    Settings settings = settings("killed");
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts())) {
      EmbeddedFlink.Run run = start(flink, settings);
      List<Release> releases =
          rounds(
              new Night(settings, minute -> 0),
              round -> {
                awaitTraining();
                run.cluster().terminateTaskManager(round).get();
                run.cluster().startTaskManager();
              });
      assertThat(releases).isEqualTo(expected);
    }
  }

  @Test
  @SuppressWarnings("try") // close may be interrupted
  void whereTheJobMasterLosesItsPlaceInTheMiddleOfRoundsTheNextPublishesTheSame() throws Exception {
    Settings settings = settings("led");
    try (MiniCluster cluster = new MiniCluster(ledByAnybody(settings))) {
      cluster.start();
      StreamExecutionEnvironment env = JobEnvironment.of(settings.job(), quickRestarts());
      RetrainJob.wire(env, settings);
      JobID id = cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
      HaLeadershipControl places = cluster.getHaLeadershipControl().orElseThrow();
      List<Release> releases =
          rounds(
              new Night(settings, minute -> 0),
              round -> {
                awaitTraining();
                places.revokeJobMasterLeadership(id).get();
                places.grantJobMasterLeadership(id).get();
              });
      assertThat(releases).isEqualTo(expected);
      assertThat(stored(cluster, id).getNumberOfRestoredCheckpoints()).isPositive();
    }
  }

  /** A cluster whose JobMaster can be deposed; what is stored outlives it. */
  private static MiniClusterConfiguration ledByAnybody(Settings settings) {
    return new MiniClusterConfiguration.Builder()
        .setConfiguration(JobEnvironment.configuration(settings.job()))
        .setNumSlotsPerTaskManager(settings.job().parallelism())
        .setHaServices(MiniCluster.HaServices.WITH_LEADERSHIP_CONTROL)
        .build();
  }

  @Test
  void noReadingAfterTheCutChangesABitAndARoundThatIsAskedForIsHeld() throws Exception {
    Settings settings = settings("asked");
    Night night = new Night(settings, minute -> minute > CUTS.get(ROUNDS - 1) ? 100 + minute : 0);
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts())) {
      EmbeddedFlink.Run run = start(flink, settings);
      assertThat(rounds(night, round -> {})).isEqualTo(expected);
      night.until(MINUTES);

      store(settings).ask("default");
      Release asked = awaited(settings, ROUNDS + 1).get(ROUNDS);

      // now is as far as event time has come
      long last = Plant.START + (MINUTES - 1) * Plant.MINUTE;
      long before = expected.get(ROUNDS - 1).provenance().to();
      assertThat(asked.provenance().to()).isBetween(before, last);

      // down, then asked: held when readings have come to the time of asking
      night.until(MINUTES + 1);
      String savepoint = run.stop(directory.toUri().toString());
      store(settings).ask("default");
      start(flink, settings, savepoint);
      night.skipTo((int) ((System.currentTimeMillis() - Plant.START) / Plant.MINUTE) + 3);
      assertThat(awaited(settings, ROUNDS + 2)).hasSize(ROUNDS + 2);
    }
  }

  @Test
  void aBacklogIsLearntFromAsItWouldHaveBeenInItsTime() throws Exception {
    Settings settings = settings("backlog");
    new Night(settings, minute -> 0).until(MINUTES);
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts())) {
      start(flink, settings);
      assertThat(awaited(settings, ROUNDS)).isEqualTo(expected);
    }
  }

  @Test
  void readingsWaitAtTheirSourceWhileRoundsAreBehindAndBarriersPass() throws Exception {
    Settings settings = settings("behind", 1_000_000);
    Night night = new Night(settings, minute -> 0);
    night.until(CUTS.get(ROUNDS - 1) + PASSED);
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts())) {
      EmbeddedFlink.Run run = start(flink, settings);
      awaitTraining();
      long before = checkpoints(run);
      // Flink takes a second or two to stop the source
      awaitCheckpoints(run, before + 20);
      Metrics metrics = new Metrics(flink.address(), run.id(), RetrainJob.RETRAIN);
      long received = metrics.received();
      night.until(MINUTES);
      for (long more = before + 21; more < before + 40; more++) {
        awaitCheckpoints(run, more);
        assertThat(metrics.received()).isEqualTo(received);
      }
    }
  }

  @Test
  void readingsThatWaitedComeOnceRoundsHaveBeenHeldAndNoneIsTooLate() throws Exception {
    // of several seconds each, while a source without readings is idle after one
    Settings settings = settings("resumed", 1500, "1s");
    Night night = new Night(settings, minute -> 0);
    night.until(CUTS.get(ROUNDS - 1) + PASSED);
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts())) {
      EmbeddedFlink.Run run = start(flink, settings);
      awaitTraining();
      awaitCheckpoints(run, checkpoints(run) + 15);
      Metrics metrics = new Metrics(flink.address(), run.id(), RetrainJob.RETRAIN);
      long received = metrics.received();
      // past a cut, by which one source could leave the other behind
      night.until(LATER + PASSED);
      awaitCheckpoints(run, checkpoints(run) + 5);
      assertThat(metrics.received()).as("readings wait").isEqualTo(received);
      assertThat(awaited(settings, ROUNDS + 1)).hasSize(ROUNDS + 1);
      long patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      for (long all = received + 4 * (LATER - CUTS.get(ROUNDS - 1)); received < all; ) {
        received = metrics.received();
        assertThat(System.nanoTime()).as("readings come again").isLessThan(patience);
      }
      assertThat(metrics.sum("readingsPassedOver")).isZero();
    }
  }

  @Test
  void aPastThatEndsIsGoneThroughAgainAfterAFailureAndPublishedOnce() throws Exception {
    List<Release> undisturbed = once("sound", run -> {});
    List<Release> struck =
        once(
            "struck",
            run -> {
              awaitTraining();
              run.cluster().terminateTaskManager(0).get();
              run.cluster().startTaskManager();
            });
    assertThat(struck).hasSize(1).isEqualTo(undisturbed);
  }

  /** In the middle of the only round. */
  private interface Blow {
    void to(EmbeddedFlink.Run run) throws Exception;
  }

  private static List<Release> once(String name, Blow blow) throws Exception {
    Settings settings = settings(name);
    new Night(settings, minute -> 0).until(MINUTES);
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", new Configuration())) {
      StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
      List<Order> rounds = List.of(new Order(Long.MAX_VALUE, "default"));
      RetrainJob.once(env, settings, rounds, new Start("earliest"));
      EmbeddedFlink.Run run = flink.start(env, name);
      blow.to(run);
      run.end();
      assertThat(run.failure().equals("nothing")).isEqualTo(name.equals("sound"));
      return store(settings).contents().releases();
    }
  }

  @Test
  void barriersPassWhileARoundGoesOnAndOn() throws Exception {
    Settings settings = settings("long", 1_000_000);
    new Night(settings, minute -> 0).until(CUTS.get(0) + PASSED);
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts())) {
      EmbeddedFlink.Run run = start(flink, settings);
      awaitTraining();
      awaitCheckpoints(run, checkpoints(run) + 3);
      assertThat(store(settings).contents().releases()).isEmpty();
    }
  }

  private static void awaitCheckpoints(EmbeddedFlink.Run run, long count) throws Exception {
    long patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (checkpoints(run) < count) {
      assertThat(System.nanoTime()).as("checkpoints beside a round").isLessThan(patience);
    }
  }

  private static long checkpoints(EmbeddedFlink.Run run) throws Exception {
    return stored(run.cluster(), run.id()).getNumberOfCompletedCheckpoints();
  }

  /** Since the JobMaster that there is began. */
  private static CheckpointStatsCounts stored(MiniCluster cluster, JobID id) throws Exception {
    return cluster.getExecutionGraph(id).get().getCheckpointStatsSnapshot().getCounts();
  }

  private static EmbeddedFlink.Run start(EmbeddedFlink flink, Settings settings) throws Exception {
    return start(flink, settings, "");
  }

  private static EmbeddedFlink.Run start(EmbeddedFlink flink, Settings settings, String savepoint)
      throws Exception {
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job(), savepoint);
    env.configure(quickRestarts());
    RetrainJob.wire(env, settings);
    return flink.start(env, "retrain");
  }

  /** What is published, once there are so many. */
  private static List<Release> awaited(Settings settings, int count) {
    long patience = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (true) {
      WeightsStore.Contents contents = store(settings).contents();
      assertThat(contents.refused()).isEmpty();
      if (contents.releases().size() >= count) {
        return contents.releases();
      }
      assertThat(System.nanoTime())
          .as("%d of %d releases", contents.releases().size(), count)
          .isLessThan(patience);
    }
  }

  /** Until some thread is in the middle of backpropagation. */
  private static void awaitTraining() {
    long patience = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("training"))) {
      assertThat(System.nanoTime()).as("a round that learns").isLessThan(patience);
    }
  }

  private static WeightsStore store(Settings settings) {
    return new WeightsStore(settings.kafka(), settings.weights());
  }

  /** In the middle of a round. */
  private interface Disturbance {
    void in(int round) throws Exception;
  }

  /** What is published, a span at a time. */
  private static List<Release> rounds(Night night, Disturbance disturbance) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      night.until(CUTS.get(round) + PASSED);
      disturbance.in(round);
      // the clock of event time is told by readings alone, and begins anew
      night.until(CUTS.get(round) + PASSED + 1);
      awaited(night.settings, round + 1);
    }
    return awaited(night.settings, ROUNDS);
  }

  /** Readings of four series, a minute after the other. */
  private static final class Night {
    private final Settings settings;
    private final IntToDoubleFunction drift;
    private final Random random = new Random(5);
    private int minute;

    Night(Settings settings, IntToDoubleFunction drift) {
      this.settings = settings;
      this.drift = drift;
    }

    void until(int end) {
      try (TopicWriter writer = TopicWriter.open(settings.kafka(), settings.readings().topic())) {
        for (; minute < end; minute++) {
          for (int series = 0; series < 4; series++) {
            double wave = 20 + Math.sin(2 * Math.PI * (minute + 5 * series) / 24);
            double value = wave + 0.1 * random.nextGaussian() + drift.applyAsDouble(minute);
            writer.write(
                ("pump-" + series).getBytes(UTF_8),
                "{\"t\": %s}".formatted(value).getBytes(UTF_8),
                Plant.START + minute * Plant.MINUTE);
          }
        }
        writer.flush();
      }
    }

    /** Nothing until that minute, and then one more reading of each. */
    void skipTo(int later) {
      minute = later;
      until(later + 1);
    }
  }

  private static Configuration quickRestarts() {
    Configuration configuration = new Configuration();
    configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(200));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    return configuration;
  }

  private static Settings settings(String name) {
    return settings(name, 150);
  }

  private static Settings settings(String name, int epochs) {
    return settings(name, epochs, "10m");
  }

  private static Settings settings(String name, int epochs, String idle) {
    broker.topic(name + "-readings", 2, Map.of("retention.ms", "-1"));
    broker.topic(name + "-weights", 1, Map.of("cleanup.policy", "compact"));
    return Settings.parse(
        """
        kafka: {bootstrap: "%s"}
        readings: {topic: %2$s-readings, values: {celsius: t}}
        weights: {topic: %2$s-weights}
        model: {horizon: [1, 6], calendar: [], warmup: 16, context: 16, hidden: 8}
        time: {retireAfter: 9999d}
        retrain: {every: 2h, history: 200, steps: 32, burnIn: 8, epochs: %3$d, meetings: 3, rate: 0.01}
        job: {name: %2$s, parallelism: 2, checkpointInterval: 200ms, idle: %4$s}
        """
            .formatted(broker.bootstrap(), name, epochs, idle));
  }
}
