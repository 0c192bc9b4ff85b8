package io.sluice.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connectors.Original;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ForecastJobTest {
  private static EmbeddedBroker broker;
  private static Settings settings;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start();
    for (String topic :
        List.of("readings", "forecasts", "verdicts", "late", "dead-letters", "weights")) {
      broker.topic(topic, 1, Map.of("retention.ms", "-1"));
    }
    settings =
        Settings.parse(
            """
            kafka: {bootstrap: "%s"}
            readings: {values: {celsius: celsius}}
            job: {checkpointInterval: 200ms}
            """
                .formatted(broker.bootstrap()));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void aCheckpointTakesAThirdOfTheTransactionTimeOutAtMost() {
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
    ForecastJob.wire(env, settings);
    assertThat(env.getCheckpointConfig().getCheckpointTimeout())
        .isEqualTo(Duration.ofMinutes(5).toMillis());
  }

  @Test
  void aJobThatHasNothingToReadIsNotStarted() {
    Settings elsewhere = named("elsewhere");
    assertThatThrownBy(() -> ForecastJob.wire(JobEnvironment.of(elsewhere.job()), elsewhere))
        .hasMessageStartingWith("topic \"elsewhere\" does not exist: is that its name?");
  }

  @Test
  void aJobWhoseReadingsAreTakenAwayEndsAndSaysSo() throws Exception {
    broker.topic("brief", 1);
    Settings brief = named("brief");
    try (EmbeddedFlink flink = EmbeddedFlink.start(brief.job(), "0", quickMetrics())) {
      StreamExecutionEnvironment env = JobEnvironment.of(brief.job());
      ForecastJob.wire(env, brief);
      EmbeddedFlink.Run run = flink.start(env, "brief", "");
      Metrics metrics = new Metrics(flink.address(), run.id(), ForecastJob.FORECAST);
      assertThat(metrics.sums()).containsEntry("readings", 0.0);
      broker.delete("brief");
      assertThatThrownBy(run::await)
          .rootCause()
          .hasMessageContaining("topic \"brief\" does not exist");
    }
  }

  private static Configuration quickMetrics() {
    Configuration quick = new Configuration();
    quick.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(50));
    return quick;
  }

  /** That topic of readings, looked for often. */
  private static Settings named(String readings) {
    return Settings.parse(
        """
        kafka: {bootstrap: "%s", properties: {partition.discovery.interval.ms: "200"}}
        readings: {topic: %s, values: {celsius: celsius}}
        job: {name: %2$s, checkpointInterval: 200ms}
        """
            .formatted(broker.bootstrap(), readings));
  }

  @Test
  void aReadingTravelsFromKafkaThroughAMemoryIntoAForecast() throws Exception {
    try (TopicWriter writer = TopicWriter.open(settings.kafka(), "readings")) {
      say(writer, "{\"celsius\": 20}", 0);
      say(writer, "{\"celsius\": 21}", 60_000);
      say(writer, "{\"celsius\": 21}", 60_000);
      say(writer, "{\"celsius\": 23}", 30_000);
      say(writer, "{\"celsius\": 22}", 120_000);
      say(writer, "rubbish", 300_000);
      writer.flush();
    }

    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickMetrics())) {
      StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
      ForecastJob.wire(env, settings);
      EmbeddedFlink.Run run = flink.start(env, "test", "");
      try (TopicReader reader = TopicReader.open(settings.kafka(), "forecasts")) {
        List<Original> forecasts = new ArrayList<>();
        while (forecasts.size() < 3) {
          reader.poll(forecasts::add);
        }
        assertThat(forecasts)
            .extracting(row -> new String(row.value().get(), UTF_8))
            .allMatch(row -> row.contains("\"series\":\"pump-7\""))
            .last()
            .asString()
            .contains("\"time\":120000");
      }
      Metrics metrics = new Metrics(flink.address(), run.id(), ForecastJob.FORECAST);
      assertThat(metrics.sums())
          .containsEntry("readings", 6.0)
          .containsEntry("forecasts", 3.0)
          .containsEntry("verdicts", 3.0)
          .containsEntry("deadLetters", 1.0)
          .containsEntry("late", 1.0)
          .containsEntry("repeats", 1.0)
          .containsEntry("skewed", 0.0)
          .containsEntry("retired", 0.0)
          .containsEntry("refusedWeights", 0.0)
          .containsEntry("seriesAlive", 1.0)
          .containsEntry("version.0.series", 1.0)
          .containsEntry("intervals", 2.0)
          .containsKeys("modelAge", "stepTime_p99", "intervalsHeld", "coverage");
      run.cancel().get();
    }
    List<Original> letters = new ArrayList<>();
    TopicReader.readAll(settings.kafka(), "dead-letters", letters::add);
    assertThat(letters).hasSize(1);
  }

  private static void say(TopicWriter writer, String reading, long time) {
    writer.write("pump-7".getBytes(UTF_8), reading.getBytes(UTF_8), time);
  }
}
