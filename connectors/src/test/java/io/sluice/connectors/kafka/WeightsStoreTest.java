package io.sluice.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connectors.PartArrival;
import io.sluice.connectors.Releases;
import io.sluice.weights.Assembly;
import io.sluice.weights.Edition;
import io.sluice.weights.Part;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class WeightsStoreTest {
  private static final KafkaSettings KAFKA =
      new KafkaSettings(SharedBroker.get().bootstrap(), Map.of());

  private static WeightsSettings topic(String name) {
    SharedBroker.get().topic(name, 1, Map.of("cleanup.policy", "compact"));
    return new WeightsSettings(name, 1_000, 1 << 20);
  }

  @Test
  void givesBackTheLatestStateOfEachRelease() {
    WeightsStore store = new WeightsStore(KAFKA, topic("weights-states"));
    Release first = Releases.release(1);
    Release second = Releases.release(2);

    store.publish(first);
    store.publish(second);
    store.publish(second.promoted(77, "better"));

    assertThat(store.contents().refused()).isEmpty();
    assertThat(store.contents().releases())
        .containsExactly(first, second.promoted(77, "better"))
        .last()
        .satisfies(r -> assertThat(r.edition().state()).isEqualTo(State.PROMOTED));
  }

  @Test
  void whoeverAddsAtTheSameTimeGetsANumberOfHisOwn() throws Exception {
    WeightsSettings weights = topic("weights-numbers");
    ExecutorService people = Executors.newFixedThreadPool(3);
    List<Future<Long>> numbers = new ArrayList<>();
    for (int person = 0; person < 3; person++) {
      numbers.add(
          people.submit(() -> new WeightsStore(KAFKA, weights).add(Releases.release(1)).version()));
    }
    Set<Long> given = new TreeSet<>();
    for (Future<Long> number : numbers) {
      given.add(number.get());
    }
    people.shutdown();

    assertThat(given).containsExactly(1L, 2L, 3L);
    assertThat(new WeightsStore(KAFKA, weights).contents().releases())
        .extracting(Release::version)
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void aJobThatHandsInARunsWorkTwiceIsToldWhereItStands() {
    WeightsStore store = new WeightsStore(KAFKA, topic("weights-once"));
    Release first = store.addOnce(Releases.release(4));
    store.publish(first.promoted(77, "better"));

    assertThat(store.addOnce(Releases.release(4))).isEqualTo(first.promoted(77, "better"));
    assertThat(store.contents().releases()).hasSize(1);
  }

  @Test
  void whatAJobDecidesIsWrittenOnceAndGivesWayToWhatAPersonHasDecided() {
    WeightsStore store = new WeightsStore(KAFKA, topic("weights-decided"));
    Release candidate = store.addOnce(Releases.release(4));
    Release promoted = candidate.promoted(77, "live: better");

    assertThat(store.addOnce(promoted)).isEqualTo(promoted);
    assertThat(store.addOnce(candidate.promoted(99, "live: said again"))).isEqualTo(promoted);
    assertThat(store.addOnce(candidate)).isEqualTo(promoted);

    Release byHand = Releases.release(5).promoted(88, Edition.BY_HAND);
    store.publish(byHand);
    assertThat(store.addOnce(Releases.release(5).rolledBack("live: worse"))).isEqualTo(byHand);
    assertThat(store.contents().releases()).containsExactly(promoted, byHand);
  }

  @Test
  void saysWhichRecordsAreNoWeights() {
    WeightsStore store = new WeightsStore(KAFKA, topic("weights-bad"));
    store.publish(Releases.release(1));
    new Log(KAFKA)
        .write(new ProducerRecord<>("weights-bad", "x".getBytes(UTF_8), "rubbish".getBytes(UTF_8)));

    assertThat(store.contents().releases()).containsExactly(Releases.release(1));
    assertThat(store.contents().refused())
        .singleElement()
        .asString()
        .contains("partition 0", "does not begin with C3 01");
  }

  @Test
  @SuppressWarnings("try") // close may be interrupted
  void partsGoThroughAJobAndBackToARelease() throws Exception {
    WeightsSettings weights = topic("weights-job");
    Release release = Releases.release(3);
    List<Part> parts = Part.split(release, weights.partBytes());
    new WeightsStore(KAFKA, weights).ask("pumps");
    new WeightsStore(KAFKA, weights).publish(release);

    Assembly assembly = new Assembly(1 << 20);
    Release read = null;
    StreamExecutionEnvironment job = environment();
    try (CloseableIterator<PartArrival> arrivals =
        job.fromSource(WeightsSource.of(KAFKA, weights), WatermarkStrategy.noWatermarks(), "w")
            .rebalance()
            .executeAndCollect()) {
      while (read == null) {
        PartArrival.Decoded decoded = (PartArrival.Decoded) arrivals.next();
        read = assembly.add(decoded.part()).orElse(null);
      }
    }
    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(read).isEqualTo(release);
  }

  private static StreamExecutionEnvironment environment() {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    return StreamExecutionEnvironment.getExecutionEnvironment(settings).setParallelism(1);
  }
}
