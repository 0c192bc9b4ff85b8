package io.sluice.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Readings on a broker, and what is to come out of them. */
final class Story {
  private static final int SERIES = 400;
  private static final int ENDS = 40;

  private final Settings settings;
  private final List<Release> releases;

  private final Random random = new Random(11);
  private int written;

  private Story(Settings settings) {
    this.settings = settings;
    releases =
        List.of(Plant.release(settings.plan(), 1, 20, 1), Plant.release(settings.plan(), 2, 60, 2));
  }

  /** Settings of a job that reads and writes the topics of that prefix; its sections model and job are to follow. */
  static String yaml(EmbeddedBroker broker, String prefix) {
    return """
        kafka: {bootstrap: "%s", properties: {max.poll.records: "20000"}}
        readings: {topic: %2$s-readings, time: at, values: {celsius: celsius}}
        forecasts: {topic: %2$s-forecasts}
        verdicts: {topic: %2$s-verdicts}
        late: {topic: %2$s-late}
        dead-letters: {topic: %2$s-dead-letters}
        weights: {topic: %2$s-weights}
        """
        .formatted(broker.bootstrap(), prefix);
  }

  static Story on(EmbeddedBroker broker, String prefix, Settings settings) {
    for (String topic : List.of("-forecasts", "-verdicts", "-late", "-dead-letters", "-weights")) {
      broker.topic(prefix + topic, 1);
    }
    // their time is long past, and a broker would soon forget them
    broker.topic(prefix + "-readings", 4, Map.of("retention.ms", "-1"));
    Story story = new Story(settings);
    WeightsStore store = new WeightsStore(settings.kafka(), settings.weights());
    story.releases.forEach(store::publish);
    return story;
  }

  /** Writes so many more readings, some of them late, repeated, missing, hostile or from a clock that is ahead. */
  Story write(int readings) {
    try (TopicWriter topic = TopicWriter.open(settings.kafka(), settings.readings().topic())) {
      for (int end = written + readings; written < end; written++) {
        String series = "pump-" + written % SERIES;
        long minute = written / SERIES;
        String value = reading(random, minute, written);
        topic.write(series.getBytes(UTF_8), value.getBytes(UTF_8), time(minute));
        if (random.nextInt(50) == 0) {
          topic.write(series.getBytes(UTF_8), value.getBytes(UTF_8), time(minute));
        }
      }
      topic.flush();
    }
    return this;
  }

  /**
   * Moves event time far past all that was written, in every partition. Told once more to a job that was killed: where
   * sources stood is restored, how late it was is not.
   */
  Story end() {
    try (TopicWriter topic = TopicWriter.open(settings.kafka(), settings.readings().topic())) {
      long time = time(written / SERIES + 600);
      for (int i = 0; i < ENDS; i++) {
        String value = "{\"at\":%d,\"celsius\":1}".formatted(time);
        topic.write((Teller.END + i).getBytes(UTF_8), value.getBytes(UTF_8), time);
      }
      topic.flush();
    }
    return this;
  }

  private static long time(long minute) {
    return Plant.START + minute * Plant.MINUTE;
  }

  private static String reading(Random random, long minute, int number) {
    double value = 20 + 5 * Math.sin(minute * Math.PI / 30) + random.nextGaussian();
    return switch (random.nextInt(60)) {
      case 0 -> "{\"at\":%d,\"celsius\":%s}".formatted(time(minute - 5), value);
      case 1 -> "{\"at\":%d,\"celsius\":null}".formatted(time(minute));
      case 2 -> "{\"at\":%d,\"celsius\":1e30}".formatted(time(minute));
      case 3 -> "{\"at\":%d,\"celsius\":%s}".formatted(time(minute + 600), value);
      case 4 -> "{\"at\":%d,\"celsius\":".formatted(time(minute));
      case 5 -> "{\"at\":\"" + "[".repeat(number % 30) + "\"}";
      default -> "{\"at\":%d,\"celsius\":%s}".formatted(time(minute), value);
    };
  }

  Map<String, List<String>> expected() throws IOException {
    return Teller.expected(settings, releases);
  }

  void assertTold(Map<String, List<String>> expected) {
    Teller.assertTold(settings, expected);
  }

  long assertToldAtLeastOnce(Map<String, List<String>> expected) {
    return Teller.assertToldAtLeastOnce(settings, expected);
  }
}
