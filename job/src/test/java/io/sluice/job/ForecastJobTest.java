package io.sluice.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.Broker;
import io.sluice.connectors.Original;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Broker.class)
class ForecastJobTest {
  private static EmbeddedBroker broker;
  private static Settings settings;

  @BeforeAll
  static void start() {
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
  void norIsOneWhoseRowsHaveNowhereToGo() {
    broker.topic("nowhere-readings", 1);
    Settings nowhere = impatient("nowhere");
    assertThatThrownBy(() -> ForecastJob.wire(JobEnvironment.of(nowhere.job()), nowhere))
        .hasMessageStartingWith("topic \"nowhere-")
        .hasMessageContaining("\" does not exist: is that its name?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exactly-once", "at-least-once"})
  void norIsOneWhosePropertiesMakeNoProducer(String delivery) {
    Settings contrary =
        Settings.parse(
            """
            kafka: {bootstrap: "%s", properties: {enable.idempotence: "false"}}
            readings: {values: {celsius: celsius}}
            job: {delivery: %s}
            """
                .formatted(broker.bootstrap(), delivery));
    String said = "Cannot set a transactional.id without also enabling idempotence.";
    StreamExecutionEnvironment env = JobEnvironment.of(contrary.job());
    assertThatThrownBy(() -> ForecastJob.wire(env, contrary)).hasStackTraceContaining(said);
    assertThatThrownBy(() -> RetrainJob.wire(env, contrary)).hasStackTraceContaining(said);
  }

  @Test
  void aJobWhoseReadingsAreTakenAwayEndsAndSaysSo() throws Exception {
    broker.topic("brief", 1);
    Settings brief = named("brief");
    try (EmbeddedFlink flink = EmbeddedFlink.start(brief.job(), "0", quickMetrics())) {
      StreamExecutionEnvironment env = JobEnvironment.of(brief.job());
      ForecastJob.wire(env, brief);
      EmbeddedFlink.Run run = flink.start(env, "brief");
      Metrics metrics = new Metrics(flink.address(), run.id(), ForecastJob.FORECAST);
      assertThat(metrics.sums()).containsEntry("readings", 0.0);
      broker.delete("brief");
      assertThatThrownBy(run::await)
          .rootCause()
          .hasMessageContaining("topic \"brief\" does not exist");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"forecasts", "dead-letters"})
  @Timeout(120)
  void aJobWhoseRowsHaveNowhereToGoAnyMoreEndsAndSaysSo(String taken) throws Exception {
    String prefix = "without-" + taken;
    for (String topic : List.of("readings", "forecasts", "verdicts", "late", "dead-letters")) {
      broker.topic(prefix + "-" + topic, 1);
    }
    Settings settings = impatient(prefix);
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", new Configuration());
        TopicWriter writer = TopicWriter.open(settings.kafka(), prefix + "-readings");
        TopicReader reader = TopicReader.open(settings.kafka(), prefix + "-" + taken)) {
      StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
      ForecastJob.wire(env, settings);
      EmbeddedFlink.Run run = flink.start(env, prefix);
      sayBoth(writer, 0);
      List<Original> rows = new ArrayList<>();
      while (rows.isEmpty()) {
        reader.poll(rows::add);
      }
      broker.delete(prefix + "-" + taken);
      sayBoth(writer, 60_000);
      assertThatThrownBy(run::await)
          .rootCause()
          .hasMessageContaining("topic \"%s-%s\" does not exist", prefix, taken);
    }
  }

  /** What becomes a forecast and a verdict, and what becomes a dead letter. */
  private static void sayBoth(TopicWriter writer, long since) {
    long now = System.currentTimeMillis() + since;
    say(writer, "{\"celsius\": 20}", now);
    say(writer, "rubbish", now);
    writer.flush();
  }

  /** Its producer soon gives up what no broker takes. */
  private static Settings impatient(String prefix) {
    return Settings.parse(
        """
        kafka:
          bootstrap: "%s"
          properties: {max.block.ms: "3000", delivery.timeout.ms: "3000", request.timeout.ms: "2500"}
        readings: {topic: %s-readings, values: {celsius: celsius}}
        forecasts: {topic: %2$s-forecasts}
        verdicts: {topic: %2$s-verdicts}
        late: {topic: %2$s-late}
        dead-letters: {topic: %2$s-dead-letters}
        job: {name: %2$s, checkpointInterval: 200ms}
        """
            .formatted(broker.bootstrap(), prefix));
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
  @Timeout(120)
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
      EmbeddedFlink.Run run = flink.start(env, "test");
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
      Map<String, Double> sums = metrics.sums();
      while (sums.get("deadLetters") < 1) {
        sums = metrics.sums();
      }
      assertThat(sums)
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
          .containsEntry("coverage", sums.get("intervalsHeld") / 2)
          .containsKeys("modelAge", "stepTime_p99");
      run.cancel().get();
    }
    List<Original> letters = new ArrayList<>();
    TopicReader.readAll(settings.kafka(), "dead-letters", letters::add);
    assertThat(letters).hasSize(1);
  }

  @Test
  @Timeout(120)
  void whateverBefallsAReadingIsCounted() throws Exception {
    for (String topic : List.of("troubled", "troubles", "troubled-letters", "spoilt")) {
      broker.topic(topic, 1, Map.of("retention.ms", "-1"));
    }
    try (TopicWriter writer = TopicWriter.open(settings.kafka(), "troubled");
        TopicWriter weights = TopicWriter.open(settings.kafka(), "spoilt")) {
      say(writer, "{\"at\": 0, \"celsius\": 20, \"bar\": 3}", 0);
      say(writer, "{\"at\": 60, \"celsius\": null}", 60_000);
      say(writer, "{\"at\": 120, \"celsius\": 21, \"bar\": null}", 120_000);
      say(writer, "{\"at\": 86400, \"celsius\": 21}", 120_000);
      say(writer, "{\"at\": 300, \"celsius\": 22, \"bar\": 3}", 300_000);
      say(writer, "{\"at\": 4500, \"celsius\": 23, \"bar\": 3}", 4_500_000);
      writer.write(utf8("fan-1"), utf8("{\"at\": 9000, \"celsius\": 23, \"bar\": 3}"), 9_000_000);
      writer.write(utf8("fan-1"), utf8("{\"at\": 16200, \"celsius\": 23, \"bar\": 3}"), 16_200_000);
      writer.flush();
      weights.write(utf8("default/1/0"), utf8("no weights at all"), 0);
      weights.flush();
    }
    Settings troubled = troubled();
    try (EmbeddedFlink flink = EmbeddedFlink.start(troubled.job(), "0", quickMetrics())) {
      StreamExecutionEnvironment env = JobEnvironment.of(troubled.job());
      ForecastJob.wire(env, troubled);
      EmbeddedFlink.Run run = flink.start(env, "troubled");
      Metrics metrics = new Metrics(flink.address(), run.id(), ForecastJob.FORECAST);
      Map<String, Double> counted = metrics.sums();
      while (counted.get("retired") < 1 || counted.get("refusedWeights") < 1) {
        counted = metrics.sums();
      }
      assertThat(counted)
          .containsEntry("readings", 8.0)
          .containsEntry("heldBack", 7.0)
          .containsEntry("skewed", 1.0)
          .containsEntry("missing", 4.0)
          .containsEntry("imputed", 3.0)
          .containsEntry("forecasts", 8.0)
          .containsEntry("gaps", 1.0)
          .containsEntry("retired", 1.0)
          .containsEntry("refusedWeights", 1.0);
      run.cancel().get();
    }
  }

  @Test
  @Timeout(120)
  void theAgeOfTheModelAndTheTimeOfAStepAreTakenAtEvery64thReading() throws Exception {
    for (String topic : List.of("aged", "aged-rows", "aged-weights")) {
      broker.topic(topic, 1, Map.of("retention.ms", "-1"));
    }
    Settings aged =
        Settings.parse(
            """
            kafka: {bootstrap: "%s"}
            readings: {topic: aged, values: {celsius: celsius}}
            forecasts: {topic: aged-rows}
            weights: {topic: aged-weights, handover: 0s}
            model: {context: 16, warmup: 8}
            job: {name: aged, checkpointInterval: 200ms}
            """
                .formatted(broker.bootstrap()));
    new WeightsStore(aged.kafka(), aged.weights()).publish(Plant.release(aged.plan(), 3, 20, 1));
    try (TopicWriter writer = TopicWriter.open(aged.kafka(), "aged")) {
      for (int minute = 0; minute < 64; minute++) {
        say(writer, "{\"celsius\": %d}".formatted(minute), Plant.START + minute * Plant.MINUTE);
      }
      writer.flush();
    }
    try (EmbeddedFlink flink = EmbeddedFlink.start(aged.job(), "0", quickMetrics())) {
      StreamExecutionEnvironment env = JobEnvironment.of(aged.job());
      ForecastJob.wire(env, aged);
      EmbeddedFlink.Run run = flink.start(env, "aged");
      Metrics metrics = new Metrics(flink.address(), run.id(), ForecastJob.FORECAST);
      Map<String, Double> taken = metrics.sums();
      while (taken.get("readings") < 64 || taken.get("modelAge") == 0) {
        taken = metrics.sums();
      }
      assertThat(taken)
          .containsEntry("modelAge", 43.0 * Plant.MINUTE)
          .containsEntry("version.3.series", 1.0)
          .containsEntry("model.default.newestVersion", 3.0);
      assertThat(taken.get("stepTime_p99")).isPositive();
      run.cancel().get();
    }
  }

  /** Of two variables, in the order of event time and once a minute. */
  private static Settings troubled() {
    return Settings.parse(
        """
        kafka: {bootstrap: "%s"}
        readings:
          {topic: troubled, time: at, timeForm: seconds, values: {celsius: celsius, bar: bar}}
        forecasts: {topic: troubles}
        dead-letters: {topic: troubled-letters}
        weights: {topic: spoilt}
        time: {order: event-time, interval: 1m, maxGap: 1h, retireAfter: 2h}
        job: {name: troubled, checkpointInterval: 200ms}
        """
            .formatted(broker.bootstrap()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static void say(TopicWriter writer, String reading, long time) {
    writer.write(utf8("pump-7"), utf8(reading), time);
  }
}
