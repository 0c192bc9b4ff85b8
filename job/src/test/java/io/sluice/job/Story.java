package io.sluice.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.connectors.mapping.ReadingDecoder;
import io.sluice.connectors.wire.RowEncoder;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Outcomes;
import io.sluice.forecast.Reading;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Readings on a broker, and what is to come out of them: told by a forecaster in a plain loop over the same topic, without
 * any Flink.
 */
final class Story {
  private static final int SERIES = 400;

  private final Settings settings;
  private final String prefix;
  private final List<Release> releases;

  private final Random random = new Random(11);
  private int written;

  private Story(Settings settings, String prefix) {
    this.settings = settings;
    this.prefix = prefix;
    releases =
        List.of(Plant.release(settings.plan(), 1, 20, 1), Plant.release(settings.plan(), 2, 60, 2));
  }

  static Story on(EmbeddedBroker broker, String prefix, Settings settings) {
    for (String topic : List.of("-forecasts", "-verdicts", "-late", "-dead-letters", "-weights")) {
      broker.topic(prefix + topic, 1);
    }
    // their time is long past, and a broker would soon forget them
    broker.topic(prefix + "-readings", 4, Map.of("retention.ms", "-1"));
    Story story = new Story(settings, prefix);
    WeightsStore store = new WeightsStore(settings.kafka(), settings.weights());
    story.releases.forEach(store::publish);
    return story;
  }

  /** Writes so many more readings, some of them late, repeated, missing, hostile or from a clock that is ahead. */
  Story write(int readings) {
    try (TopicWriter topic = TopicWriter.open(settings.kafka(), prefix + "-readings")) {
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

  /** Each row that is to come, as its bytes, in order for each topic and series. */
  Map<String, List<String>> expected() throws IOException {
    Teller teller = new Teller();
    Map<Integer, List<Original>> partitions = new TreeMap<>();
    TopicReader.readAll(
        settings.kafka(),
        prefix + "-readings",
        record ->
            partitions.computeIfAbsent(record.partition(), p -> new ArrayList<>()).add(record));
    for (List<Original> partition : partitions.values()) {
      for (Original record : partition) {
        teller.hear(record);
      }
    }
    return teller.rows;
  }

  /** What has been committed. */
  Map<String, List<String>> actual() {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String topic : List.of("forecasts", "verdicts", "late", "dead-letters")) {
      TopicReader.readAll(
          settings.kafka(),
          prefix + "-" + topic,
          row ->
              rows.computeIfAbsent(about(topic, row), key -> new ArrayList<>())
                  .add(new String(row.value().get(), UTF_8)));
    }
    return rows;
  }

  void assertTold(Map<String, List<String>> expected) {
    Map<String, List<String>> actual = actual();
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (about, rows) -> {
          if (about.startsWith("dead-letters")) {
            // they have no series, and so no order
            assertThat(actual.get(about)).as(about).containsExactlyInAnyOrderElementsOf(rows);
          } else {
            assertThat(actual.get(about)).as(about).isEqualTo(rows);
          }
        });
  }

  private static String about(String topic, Original row) {
    return topic + " " + new String(row.key().get(), UTF_8);
  }

  /** The plain loop. */
  private final class Teller implements Outcomes {
    private final Map<String, List<String>> rows = new TreeMap<>();
    private final Map<String, Memory> memories = new HashMap<>();
    private final Forecaster forecaster = new Forecaster(settings.plan());
    private final ReadingDecoder decoder =
        ReadingDecoder.of(settings.readings().format(), settings.readings().mapping());
    private final RowEncoder encoder;
    private final List<Model> models = new ArrayList<>();
    private Original record;

    Teller() throws IOException {
      encoder = settings.rows().wire().encoder(settings.rows().labels(), Map.of());
      releases.forEach(release -> models.add(Model.of(release, settings.plan())));
    }

    void hear(Original original) throws IOException {
      record = original;
      Arrival arrival = decoder.decode(original);
      if (arrival instanceof Arrival.Rejected rejected) {
        add("dead-letters", new Row.DeadLetter(rejected.reason(), original));
      } else if (arrival instanceof Arrival.Decoded decoded) {
        Reading reading = decoded.reading();
        Memory memory =
            memories.computeIfAbsent(reading.series(), s -> Memory.fresh(settings.plan()));
        forecaster.advance(memory, reading, model(reading.time()), this);
      }
    }

    private Model model(long time) {
      Model model = Model.none();
      for (int i = 0; i < models.size(); i++) {
        model = releases.get(i).edition().activeFrom() <= time ? models.get(i) : model;
      }
      return model;
    }

    private void add(String topic, Row row) {
      rows.computeIfAbsent(about(topic, record), key -> new ArrayList<>())
          .add(new String(encoder.encode(row), UTF_8));
    }

    @Override
    public void forecast(Forecast forecast) {
      add("forecasts", new Row.Forecasted(forecast));
    }

    @Override
    public void verdict(Verdict verdict) {
      add("verdicts", new Row.Judged(verdict));
    }

    @Override
    public void late(Reading reading, String reason) {
      add("late", new Row.Late(reason, record));
    }

    @Override
    public void repeat(Reading reading) {}
  }
}
