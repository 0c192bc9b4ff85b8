package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker: whatever dies and however the job is cut, the committed rows are those of a plain loop. */
class ExactlyOnceTest {
  private static EmbeddedBroker broker;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void killedTaskManagersLoseNothingDoubleNothingAndChangeNoBit() throws Exception {
    Settings settings = settings("kill", 2, "heap");
    Story story = Story.on(broker, "kill", settings).write(200_000);
    Map<String, List<String>> expected = story.expected();
    Random random = new Random(5);
    long all = count(expected, "forecasts");

    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts());
        TopicReader forecasts = TopicReader.open(settings.kafka(), "kill-forecasts")) {
      EmbeddedFlink.Run run = flink.start(wired(settings), "kill", "");
      long[] seen = {0};
      for (int kill = 1; kill <= 6; kill++) {
        long enough = (long) (all * (kill - random.nextDouble()) / 7);
        while (seen[0] < enough) {
          forecasts.poll(row -> seen[0]++);
        }
        run.cluster().terminateTaskManager(kill - 1).get();
        run.cluster().startTaskManager();
      }
      while (seen[0] < all) {
        forecasts.poll(row -> seen[0]++);
      }
      run.stop(directory.toUri().toString());
    }
    story.assertTold(expected);
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
            .formatted(broker.bootstrap(), prefix, parallelism, backend));
  }
}
