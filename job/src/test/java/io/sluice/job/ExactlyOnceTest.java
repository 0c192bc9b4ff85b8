package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Broker;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker: whatever dies and however the job is cut, the committed rows are those of a plain loop. */
@ExtendWith(Broker.class)
class ExactlyOnceTest {
  private static final int KILLS = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static EmbeddedBroker broker;

  @TempDir private Path directory;

  @Test
  void killedTaskManagersLoseNothingDoubleNothingAndChangeNoBit() throws Exception {
    Settings settings = settings("kill", 2, "heap");
    killed("kill", settings, Story.on(broker, "kill", settings).write(200_000), () -> {});
  }

  @Test
  void atLeastOnceTheyDoubleRowsButLoseNoneAndChangeNoBit() throws Exception {
    Settings settings =
        Settings.parse(
            yaml("least", 2, "heap").replace("job: {", "job: {delivery: at-least-once, "));
    Story story = Story.on(broker, "least", settings).write(60_000);
    Map<String, List<String>> expected = story.expected();
    kill("least", settings, count(expected, "forecasts"), () -> {});
    assertThat(story.assertToldAtLeastOnce(expected)).as("rows told again").isPositive();
  }

  @Test
  void neitherDoTheyWhereMemoriesLieInRocksDb() throws Exception {
    Settings settings = settings("rocks", 2, "rocksdb");
    killed("rocks", settings, Story.on(broker, "rocks", settings).write(40_000), () -> {});
  }

  @Test
  void neitherDoTheyWhereReadingsAreHeldBackUntilTheirTurn() throws Exception {
    Settings settings =
        Settings.parse(yaml("turn", 2, "heap") + "time: {order: event-time, lateness: 30m}");
    Story story = Story.on(broker, "turn", settings).write(100_000).end();
    killed("turn", settings, story, story::end);
  }

  private void killed(String prefix, Settings settings, Story story, Runnable again)
      throws Exception {
    Map<String, List<String>> expected = story.expected();
    kill(prefix, settings, count(expected, "forecasts"), again);
    story.assertTold(expected);
  }

  /** Until so many different forecasts have come. */
  private void kill(String prefix, Settings settings, long all, Runnable again) throws Exception {
    Random random = new Random(5);
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts());
        TopicReader forecasts = TopicReader.open(settings.kafka(), prefix + "-forecasts")) {
      EmbeddedFlink.Run run = flink.start(wired(settings, ""), prefix);
      Set<UUID> seen = new HashSet<>();
      for (int kill = 1; kill <= KILLS; kill++) {
        long enough = (long) (all * (kill - random.nextDouble()) / (KILLS + 1));
        await(forecasts, seen, enough, run);
        run.cluster().terminateTaskManager(kill - 1).get();
        run.cluster().startTaskManager();
        again.run();
      }
      await(forecasts, seen, all, run);
      while (!run.running()) {
        Thread.onSpinWait();
      }
      run.stop(directory.toUri().toString());
    }
  }

  /** Waits for so many different rows in all. */
  private static void await(TopicReader rows, Set<UUID> seen, long enough, EmbeddedFlink.Run run)
      throws Exception {
    for (long end = System.nanoTime() + PATIENCE.toNanos(); seen.size() < enough; ) {
      rows.poll(row -> seen.add(UUID.nameUUIDFromBytes(row.value().get())));
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "%d of %d rows came of a job that is %s, and failed last of %s"
                .formatted(seen.size(), enough, run.status(), run.failure()));
      }
    }
  }

  @Test
  void rescaledAndMovedBetweenBackendsTheJobSaysTheSame() throws Exception {
    Settings first = settings("rescale", 1, "heap");
    Story story = Story.on(broker, "rescale", first);
    List<Settings> lives =
        List.of(first, settings("rescale", 4, "rocksdb"), settings("rescale", 2, "heap"));

    String from = "";
    for (Settings settings : lives) {
      long all = count(story.write(12_000).expected(), "forecasts");
      try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", new Configuration());
          TopicReader forecasts = TopicReader.open(settings.kafka(), "rescale-forecasts")) {
        EmbeddedFlink.Run run = flink.start(wired(settings, from), "rescale");
        long[] seen = {0};
        while (seen[0] < all) {
          forecasts.poll(row -> seen[0]++);
        }
        from = run.stop(directory.toUri().toString());
      }
    }
    story.assertTold(story.expected());
  }

  private static long count(Map<String, List<String>> rows, String topic) {
    long count =
        rows.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(topic + " "))
            .mapToLong(entry -> entry.getValue().size())
            .sum();
    assertThat(count).isPositive();
    return count;
  }

  private static StreamExecutionEnvironment wired(Settings settings, String from) {
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job(), from);
    ForecastJob.wire(env, settings);
    return env;
  }

  private static Configuration quickRestarts() {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    return configuration;
  }

  private static Settings settings(String prefix, int parallelism, String backend) {
    return Settings.parse(yaml(prefix, parallelism, backend));
  }

  private static String yaml(String prefix, int parallelism, String backend) {
    return Story.yaml(broker, prefix)
        + """
        model: {context: 16, warmup: 8}
        job: {name: %s, parallelism: %d, backend: %s, checkpointInterval: 300ms}
        """
            .formatted(prefix, parallelism, backend);
  }
}
