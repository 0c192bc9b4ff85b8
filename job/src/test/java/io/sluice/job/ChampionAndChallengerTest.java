package io.sluice.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Broker;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.settings.Settings;
import io.sluice.weights.Edition;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import io.sluice.weights.Tensor;
import io.sluice.weights.Tensors;
import io.sluice.weights.Weights;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker: live events turn a worse candidate down, promote a better one, and take a poisoned version back. */
@ExtendWith(Broker.class)
class ChampionAndChallengerTest {
  private static final int SERIES = 8;

  /** Minutes of each of the three parts, forty rounds. */
  private static final int PART = 600;

  /** Minutes of its beginning, six rounds: too few to decide, and what they have brought must be kept. */
  private static final int BEGINNING = 90;

  private static EmbeddedBroker broker;

  @TempDir private Path directory;

  @Test
  void decisionsAreRightAndAKillInTheirMiddleChangesNone() throws Exception {
    List<Edition> calm = new Fleet("calm", 1).live(false);
    List<Edition> killed = new Fleet("killed", 2).live(true);

    assertThat(killed).isEqualTo(calm);
    assertThat(calm)
        .extracting(Edition::state)
        .containsExactly(State.PROMOTED, State.ROLLED_BACK, State.PROMOTED, State.ROLLED_BACK);
    assertThat(calm.get(1).reason()).matches("live: loss .* higher than version 1's on 8 series.*");
    assertThat(calm.get(2).reason()).matches("live: loss .* lower than version 1's on 8 series.*");
    assertThat(calm.get(3).reason()).matches("live: loss .* higher than version 3's on 8 series.*");
  }

  /** A fleet that is at rest at first, and then drifts upwards. */
  private final class Fleet {
    private final Settings settings;
    private final String prefix;
    private final WeightsStore store;
    private final Random random = new Random(8);
    private int minute;
    private String savepoint = "";

    Fleet(String prefix, int parallelism) {
      this.prefix = prefix;
      settings = settings(prefix, parallelism);
      store = new WeightsStore(settings.kafka(), settings.weights());
      for (String topic : List.of("forecasts", "verdicts", "late", "dead-letters", "weights")) {
        broker.topic(prefix + "-" + topic, 1);
      }
      broker.topic(prefix + "-readings", 2, Map.of("retention.ms", "-1"));
    }

    /** What has become of the four versions in the end. */
    List<Edition> live(boolean kill) throws Exception {
      store.publish(candidate(1, 0).promoted(Plant.START, Edition.BY_HAND));
      store.publish(candidate(2, 2));
      part(0, kill, 2);
      store.publish(candidate(3, 1));
      part(0.5, kill, 3);
      store.publish(candidate(4, -8).promoted(now(), "2.0 % better on later readings"));
      part(0.5, kill, 4);
      return store.contents().releases().stream().map(Release::edition).toList();
    }

    /** Weights that expect each lead to go so many strides, whatever they are told. */
    private Release candidate(long version, float strides) {
      Release like = Plant.candidate(settings.plan(), version, 1);
      Map<String, Tensor> tensors = new TreeMap<>();
      like.tensors()
          .byName()
          .forEach((name, tensor) -> tensors.put(name, Tensor.zeros(tensor.shape())));
      float[] bias = tensors.get("head.bias").data();
      for (int middle = 1; middle < bias.length; middle += 3) {
        bias[middle] = strides;
      }
      return new Release(
          like.edition(),
          new Weights(like.architecture(), new Tensors(tensors)),
          like.signature(),
          new Provenance(0, now(), 1, "a test", 0, Map.of(), 0));
    }

    private long now() {
      return Plant.START + minute * Plant.MINUTE;
    }

    /** So long that the version is decided on; the job begins knowing it, and ends when all has been forecast. */
    private void part(double drift, boolean kill, long version) throws Exception {
      try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", quickRestarts());
          TopicReader forecasts = TopicReader.open(settings.kafka(), prefix + "-forecasts")) {
        StreamExecutionEnvironment env = JobEnvironment.of(settings.job(), savepoint);
        ForecastJob.wire(env, settings);
        EmbeddedFlink.Run run = flink.start(env, prefix);
        long[] seen = {0};
        write(drift, BEGINNING);
        long begun = (long) minute * SERIES;
        await(forecasts, seen, begun);
        kill(run, kill, 0);
        write(drift, PART - BEGINNING);
        await(forecasts, seen, begun + 1);
        kill(run, kill, 1);
        await(forecasts, seen, (long) minute * SERIES);
        awaitDecision(version);
        if (!kill) {
          assertShown(new Metrics(flink.address(), run.id(), ForecastJob.DECISION), version);
        }
        savepoint = run.stop(directory.toUri().toString());
      }
    }

    private void assertShown(Metrics metrics, long version) throws Exception {
      assertThat(metrics.sums())
          .containsEntry("model.default.challenger", (double) Math.min(version, 3))
          .containsEntry("model.default.shadowSeries", (double) SERIES)
          .containsKeys("model.default.challengerLead", "model.default.challengerEvidence");
    }

    private void await(TopicReader forecasts, long[] seen, long rows) {
      while (seen[0] < rows) {
        forecasts.poll(row -> seen[0]++);
      }
    }

    private void kill(EmbeddedFlink.Run run, boolean kill, int manager) throws Exception {
      if (kill) {
        run.cluster().terminateTaskManager(manager).get();
        run.cluster().startTaskManager();
      }
    }

    private void awaitDecision(long version) {
      try (TopicReader weights = TopicReader.open(settings.kafka(), prefix + "-weights")) {
        while (reason(version).isEmpty() || !reason(version).startsWith("live")) {
          weights.poll(part -> {});
        }
      }
    }

    private String reason(long version) {
      return store.contents().releases().stream()
          .filter(release -> release.version() == version)
          .map(release -> release.edition().reason())
          .findFirst()
          .orElseThrow();
    }

    private void write(double drift, int minutes) {
      try (TopicWriter topic = TopicWriter.open(settings.kafka(), prefix + "-readings")) {
        for (int end = minute + minutes; minute < end; minute++) {
          for (int i = 0; i < SERIES; i++) {
            double level = drift * (minute - PART) + random.nextGaussian() * (drift > 0 ? 0.1 : 1);
            String value = "{\"at\":%d,\"celsius\":%s}".formatted(now(), 20 + level);
            topic.write(("pump-" + i).getBytes(UTF_8), value.getBytes(UTF_8), now());
          }
        }
        topic.flush();
      }
    }
  }

  private static Configuration quickRestarts() {
    Configuration configuration = new Configuration();
    configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(50));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    return configuration;
  }

  private static Settings settings(String prefix, int parallelism) {
    return Settings.parse(
        """
        kafka: {bootstrap: "%s"}
        readings: {topic: %2$s-readings, time: at, values: {celsius: celsius}}
        forecasts: {topic: %2$s-forecasts}
        verdicts: {topic: %2$s-verdicts}
        late: {topic: %2$s-late}
        dead-letters: {topic: %2$s-dead-letters}
        weights: {topic: %2$s-weights, shadow: 1, round: 15m}
        retrain: {promote: live}
        model: {context: 16, warmup: 8, horizon: [1, 3]}
        time: {lateness: 0}
        job: {name: %2$s, parallelism: %3$d, checkpointInterval: 300ms}
        """
            .formatted(broker.bootstrap(), prefix, parallelism));
  }
}
