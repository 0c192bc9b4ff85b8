package io.sluice.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job that runs for ever, on a real broker, over a night of readings that holds four cuts. */
class LiveRetrainTest {
  private static final int MINUTES = 500;
  private static final int ROUNDS = 4;

  /** The last cut: what comes later is nobody's to learn from. */
  private static final int LAST_CUT = 466;

  @TempDir private Path directory;

  private static EmbeddedBroker broker;
  private static List<Release> expected;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    broker = EmbeddedBroker.start();
    Settings settings = settings("plain");
    write(settings, minute -> 0);
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts())) {
      start(flink, settings);
      expected = awaited(settings, ROUNDS);
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
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
    write(settings, minute -> 0);
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts())) {
      EmbeddedFlink.Run run = start(flink, settings);
      int kills = 0;
      while (kills < 3 && awaitTraining()) {
        run.cluster().terminateTaskManager(kills).get();
        run.cluster().startTaskManager();
        // the clock of event time is told by readings alone, and begins anew
        goOn(settings, MINUTES + kills);
        awaited(settings, ++kills);
      }
      assertThat(kills).as("rounds that were cut short").isGreaterThan(1);
      assertThat(awaited(settings, ROUNDS)).isEqualTo(expected);
    }
  }

  @Test
  void noReadingAfterTheCutChangesABitAndARoundThatIsAskedForIsHeld() throws Exception {
    Settings settings = settings("asked");
    write(settings, minute -> minute > LAST_CUT ? 100 + minute : 0);
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts())) {
      EmbeddedFlink.Run run = start(flink, settings);
      assertThat(awaited(settings, ROUNDS)).isEqualTo(expected);

      store(settings).ask("default");
      Release asked = awaited(settings, ROUNDS + 1).get(ROUNDS);

      long last = Plant.START + (MINUTES - 1) * Plant.MINUTE;
      assertThat(asked.provenance().to()).isBetween(last - 2 * Plant.MINUTE, last);

      // down, then asked: held when readings have come to the time of asking
      goOn(settings, MINUTES);
      String savepoint = run.stop(directory.toUri().toString());
      store(settings).ask("default");
      start(flink, settings, savepoint);
      goOn(settings, (int) ((System.currentTimeMillis() - Plant.START) / Plant.MINUTE) + 3);
      assertThat(awaited(settings, ROUNDS + 2)).hasSize(ROUNDS + 2);
    }
  }

  @Test
  void barriersPassWhileARoundGoesOnAndOn() throws Exception {
    Settings settings = settings("long", 1_000_000);
    // two cuts: of more than that, readings would wait
    write(settings, 300, minute -> 0);
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts())) {
      EmbeddedFlink.Run run = start(flink, settings);
      assertThat(awaitTraining()).isTrue();
      long before = checkpoints(run);
      long patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (checkpoints(run) < before + 3) {
        assertThat(System.nanoTime()).as("checkpoints beside a round").isLessThan(patience);
      }
      assertThat(store(settings).contents().releases()).isEmpty();
    }
  }

  private static long checkpoints(EmbeddedFlink.Run run) throws Exception {
    return run.cluster()
        .getExecutionGraph(run.id())
        .get()
        .getCheckpointStatsSnapshot()
        .getCounts()
        .getNumberOfCompletedCheckpoints();
  }

  private static EmbeddedFlink.Run start(EmbeddedFlink flink, Settings settings) throws Exception {
    return start(flink, settings, "");
  }

  private static EmbeddedFlink.Run start(EmbeddedFlink flink, Settings settings, String savepoint)
      throws Exception {
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job(), quickRestarts());
    RetrainJob.wire(env, settings);
    return flink.start(env, "retrain", savepoint);
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

  /** Whether some thread is in the middle of backpropagation, within half a minute. */
  private static boolean awaitTraining() {
    long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < patience) {
      Thread[] threads = new Thread[2 * Thread.activeCount()];
      int count = Thread.enumerate(threads);
      for (int i = 0; i < count; i++) {
        if (threads[i].getName().equals("training")) {
          return true;
        }
      }
      Thread.onSpinWait();
    }
    return false;
  }

  private static WeightsStore store(Settings settings) {
    return new WeightsStore(settings.kafka(), settings.weights());
  }

  private interface Drift {
    double at(int minute);
  }

  private static void write(Settings settings, Drift drift) {
    write(settings, MINUTES, drift);
  }

  private static void write(Settings settings, int minutes, Drift drift) {
    Random random = new Random(5);
    try (TopicWriter writer = TopicWriter.open(settings.kafka(), settings.readings().topic())) {
      for (int minute = 0; minute < minutes; minute++) {
        for (int series = 0; series < 4; series++) {
          double wave = 20 + Math.sin(2 * Math.PI * (minute + 5 * series) / 24);
          write(writer, series, minute, wave + 0.1 * random.nextGaussian() + drift.at(minute));
        }
      }
      writer.flush();
    }
  }

  /** One more reading of each series. */
  private static void goOn(Settings settings, int minute) {
    try (TopicWriter writer = TopicWriter.open(settings.kafka(), settings.readings().topic())) {
      for (int series = 0; series < 4; series++) {
        write(writer, series, minute, 20);
      }
      writer.flush();
    }
  }

  private static void write(TopicWriter writer, int series, int minute, double value) {
    writer.write(
        ("pump-" + series).getBytes(UTF_8),
        "{\"t\": %s}".formatted(value).getBytes(UTF_8),
        Plant.START + minute * Plant.MINUTE);
  }

  private static Configuration quickRestarts() {
    Configuration configuration = new Configuration();
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
    broker.topic(name + "-readings", 2, Map.of("retention.ms", "-1"));
    broker.topic(name + "-weights", 1, Map.of("cleanup.policy", "compact"));
    return Settings.parse(
        """
        kafka: {bootstrap: "%s"}
        readings: {topic: %2$s-readings, values: {celsius: t}}
        weights: {topic: %2$s-weights}
        model: {horizon: [1, 6], calendar: [], warmup: 16, context: 16, hidden: 8}
        retrain: {every: 2h, history: 200, steps: 32, burnIn: 8, epochs: %3$d, meetings: 3, rate: 0.01}
        job: {name: %2$s, parallelism: 2, checkpointInterval: 200ms}
        """
            .formatted(broker.bootstrap(), name, epochs));
  }
}
