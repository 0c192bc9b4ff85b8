package io.sluice.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.Broker;
import io.sluice.anomaly.Verdict;
import io.sluice.backtest.Explanation;
import io.sluice.backtest.Inquiry;
import io.sluice.connectors.Row;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Broker.class)
class ExplainedFromATopicTest {
  private static final int MINUTES = 150;
  private static final int SPIKE = 140;

  private EmbeddedBroker broker;

  @Test
  void whatTheOperatorSaidOfAReadingIsSaidAgainFromTheTopicBitForBit() throws Exception {
    Settings settings =
        Settings.parse(
            """
            kafka: {bootstrap: "%s"}
            readings: {values: {celsius: celsius}}
            model: {context: 8, warmup: 4, history: 128, timezones: {pump-1: Asia/Kathmandu}}
            weights: {handover: 20m}
            """
                .formatted(broker.bootstrap()));
    broker.topic("readings", 2, Map.of("retention.ms", "-1"));
    broker.topic("weights", 1, Map.of("cleanup.policy", "compact"));
    WeightsStore store = new WeightsStore(settings.kafka(), settings.weights());
    List<Release> releases =
        List.of(Plant.release(settings.plan(), 1, 20, 1), Plant.release(settings.plan(), 2, 60, 2));
    releases.forEach(store::publish);

    List<Verdict> said = said(settings, releases);

    for (int minute : new int[] {1, 70, SPIKE, MINUTES - 1}) {
      Verdict expected = said.get(minute);
      Explanation explanation = Inquiry.of(settings, "pump-1", expected.time(), Optional.empty());
      assertThat(explanation.verdict()).usingRecursiveComparison().isEqualTo(expected);
    }
    assertThat(said.get(SPIKE).alert()).isTrue();
    assertThatThrownBy(() -> Inquiry.of(settings, "pump-9", Plant.START, Optional.empty()))
        .hasMessageContaining("topic \"readings\" has no reading of series \"pump-9\"")
        .hasMessageContaining("it has none at all");
  }

  /** Of the one series by the operator; both series go into the topic. */
  private static List<Verdict> said(Settings settings, List<Release> releases) throws Exception {
    Random random = new Random(8);
    Subtasks subtasks = Subtasks.fresh(settings, HashMapStateBackend::new, 1);
    for (Release release : releases) {
      subtasks.ship(new Shipment.Delivered(release));
    }
    try (TopicWriter topic = TopicWriter.open(settings.kafka(), "readings")) {
      for (int minute = 0; minute < MINUTES; minute++) {
        for (String series : List.of("pump-0", "pump-1")) {
          double value = 20 + random.nextGaussian() + (minute == SPIKE ? 50 : 0);
          byte[] message = "{\"celsius\": %s}".formatted(value).getBytes(UTF_8);
          topic.write(series.getBytes(UTF_8), message, Plant.START + minute * Plant.MINUTE);
          subtasks.hear(Plant.arrival(series, minute, value));
        }
      }
      topic.flush();
    }
    List<Verdict> said =
        subtasks.rows().stream()
            .filter(Row.Judged.class::isInstance)
            .map(row -> ((Row.Judged) row).verdict())
            .filter(verdict -> verdict.series().equals("pump-1"))
            .toList();
    subtasks.close();
    return said;
  }
}
