package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Broker;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
  void neitherDoTheyWhereMemoriesLieInRocksDb() throws Exception {
    Settings settings = settings("rocks", 2, "rocksdb");
    killed("rocks", settings, Story.on(broker, "rocks", settings).write(40_000), () -> {});
  }

  @Test
  void neitherDoTheyWhereReadingsAreHeldBackUntilTheirTurn() throws Exception {
    Settings settings = settings("turn", 2, "heap", "time: {order: event-time, lateness: 30m}");
    Story story = Story.on(broker, "turn", settings).write(100_000).end();
    killed("turn", settings, story, story::end);
  }

  private void killed(String prefix, Settings settings, Story story, Runnable again)
      throws Exception {
    Map<String, List<String>> expected = story.expected();
    Random random = new Random(5);
    long all = count(expected, "forecasts");

    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts());
        TopicReader forecasts = TopicReader.open(settings.kafka(), prefix + "-forecasts")) {
      EmbeddedFlink.Run run = flink.start(wired(settings), prefix, "");
      long seen = 0;
      for (int kill = 1; kill <= KILLS; kill++) {
        seen +=
            await(forecasts, (long) (all * (kill - random.nextDouble()) / (KILLS + 1)) - seen, run);
        run.cluster().terminateTaskManager(kill - 1).get();
        run.cluster().startTaskManager();
        again.run();
      }
      await(forecasts, all - seen, run);
      while (!run.running()) {
        Thread.onSpinWait();
      }
      run.stop(directory.toUri().toString());
    }
    story.assertTold(expected);
  }

  /** Waits for so many rows more, and returns how many came. */
  private static long await(TopicReader rows, long enough, EmbeddedFlink.Run run) throws Exception {
    long[] seen = {0};
    for (long end = System.nanoTime() + PATIENCE.toNanos(); seen[0] < enough; ) {
      rows.poll(row -> seen[0]++);
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "%d of %d rows came of a job that is %s, and failed last of %s"
                .formatted(seen[0], enough, run.status(), run.failure()));
      }
    }
    return seen[0];
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
        EmbeddedFlink.Run run = flink.start(wired(settings), "rescale", from);
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

  private static StreamExecutionEnvironment wired(Settings settings) {
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
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
    return settings(prefix, parallelism, backend, "");
  }

  private static Settings settings(String prefix, int parallelism, String backend, String more) {
    return Settings.parse(
        """
        kafka: {bootstrap: "%s", properties: {max.poll.records: "20000"}}
        readings: {topic: %2$s-readings, time: at, values: {celsius: celsius}}
        forecasts: {topic: %2$s-forecasts}
        verdicts: {topic: %2$s-verdicts}
        late: {topic: %2$s-late}
        dead-letters: {topic: %2$s-dead-letters}
        weights: {topic: %2$s-weights}
        model: {context: 16, warmup: 8}
        job: {name: %2$s, parallelism: %3$d, backend: %4$s, checkpointInterval: 300ms}
        """
                .formatted(broker.bootstrap(), prefix, parallelism, backend)
            + more);
  }
}
