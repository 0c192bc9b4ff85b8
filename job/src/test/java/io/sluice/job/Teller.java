package io.sluice.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.connectors.kafka.RowsSettings;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.connectors.mapping.ReadingDecoder;
import io.sluice.connectors.wire.RowEncoder;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Outcomes;
import io.sluice.forecast.Reading;
import io.sluice.forecast.Timing;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells what is to come out of the readings on a broker: a forecaster in a plain loop over their topic, without any Flink. */
final class Teller implements Outcomes {
  /** What begins so moves event time alone, and waits for its own turn for ever. */
  static final String END = "end-";

  private final Map<String, List<String>> rows = new TreeMap<>();
  private final Map<String, Memory> memories = new HashMap<>();
  private final Settings settings;
  private final Forecaster forecaster;
  private final ReadingDecoder decoder;
  private final RowEncoder encoder;
  private final List<Release> releases;
  private final List<Model> models;
  private final List<Arrival.Decoded> waiting = new ArrayList<>();
  private Original record;

  private Teller(Settings settings, List<Release> releases) throws IOException {
    this.settings = settings;
    this.releases = releases;
    models = releases.stream().map(release -> Model.of(release, settings.plan())).toList();
    forecaster = new Forecaster(settings.plan());
    decoder = ReadingDecoder.of(settings.readings().format(), settings.readings().mapping());
    encoder = settings.rows().wire().encoder(settings.rows().labels(), Map.of());
  }

  /**
   * Each row that is to come, as its bytes, in order for each topic and series.
   *
   * @param releases promoted, in the order of their versions
   */
  static Map<String, List<String>> expected(Settings settings, List<Release> releases)
      throws IOException {
    Teller teller = new Teller(settings, releases);
    Map<Integer, List<Original>> partitions = new TreeMap<>();
    TopicReader.readAll(
        settings.kafka(),
        settings.readings().topic(),
        record ->
            partitions.computeIfAbsent(record.partition(), p -> new ArrayList<>()).add(record));
    for (List<Original> partition : partitions.values()) {
      for (Original record : partition) {
        teller.hear(record);
      }
    }
    teller.tellWhatWaits();
    return teller.rows;
  }

  /** What has been committed. */
  static Map<String, List<String>> actual(Settings settings) {
    RowsSettings.Topics topics = settings.rows().topics();
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("forecasts", topics.forecasts());
    kinds.put("verdicts", topics.verdicts());
    kinds.put("late", topics.late());
    kinds.put("dead-letters", topics.deadLetters());
    Map<String, List<String>> rows = new TreeMap<>();
    kinds.forEach(
        (kind, topic) ->
            TopicReader.readAll(
                settings.kafka(),
                topic,
                row ->
                    rows.computeIfAbsent(about(kind, row), key -> new ArrayList<>())
                        .add(new String(row.value().get(), UTF_8))));
    return rows;
  }

  static void assertTold(Settings settings, Map<String, List<String>> expected) {
    Map<String, List<String>> actual = actual(settings);
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (about, rows) -> {
          if (about.startsWith("dead-letters") || held(settings) && about.startsWith("verdicts")) {
            // they have no series, and so no order; a clock ahead is told at once, while others
            // wait
            assertThat(actual.get(about)).as(about).containsExactlyInAnyOrderElementsOf(rows);
          } else {
            assertThat(actual.get(about)).as(about).isEqualTo(rows);
          }
        });
  }

  /** No other rows, and each at least as often; returns how many were told once more. */
  static long assertToldAtLeastOnce(Settings settings, Map<String, List<String>> expected) {
    Map<String, List<String>> actual = actual(settings);
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    long again = 0;
    for (String about : expected.keySet()) {
      Map<String, Long> told = often(actual.get(about));
      Map<String, Long> once = often(expected.get(about));
      assertThat(told.keySet()).as(about).isEqualTo(once.keySet());
      assertThat(once)
          .allSatisfy((row, times) -> assertThat(told.get(row)).isGreaterThanOrEqualTo(times));
      again += actual.get(about).size() - expected.get(about).size();
    }
    return again;
  }

  private static Map<String, Long> often(List<String> rows) {
    return rows.stream().collect(Collectors.groupingBy(row -> row, Collectors.counting()));
  }

  private static boolean held(Settings settings) {
    return settings.plan().timing().order() == Timing.Order.EVENT_TIME;
  }

  private static String about(String kind, Original row) {
    return kind + " " + new String(row.key().get(), UTF_8);
  }

  private void hear(Original original) throws IOException {
    record = original;
    Arrival arrival = decoder.decode(original);
    if (arrival instanceof Arrival.Rejected rejected) {
      add("dead-letters", new Row.DeadLetter(rejected.reason(), original));
    } else if (arrival instanceof Arrival.Decoded decoded) {
      if (held(settings) && !settings.plan().timing().skewed(decoded.reading())) {
        waiting.add(decoded);
      } else {
        tell(decoded.reading());
      }
    }
  }

  private void tell(Reading reading) {
    Memory memory = memories.computeIfAbsent(reading.series(), s -> Memory.fresh(settings.plan()));
    forecaster.advance(memory, reading, model(reading.time()), this);
  }

  /** In the order of time; of one time they stay as they came. */
  private void tellWhatWaits() {
    waiting.sort(Comparator.comparingLong(arrival -> arrival.reading().time()));
    for (Arrival.Decoded arrival : waiting) {
      if (!arrival.reading().series().startsWith(END)) {
        record = arrival.original();
        tell(arrival.reading());
      }
    }
  }

  private Model model(long time) {
    Model model = Model.none();
    for (int i = 0; i < models.size(); i++) {
      model = releases.get(i).edition().activeFrom() <= time ? models.get(i) : model;
    }
    return model;
  }

  private void add(String kind, Row row) {
    rows.computeIfAbsent(about(kind, record), key -> new ArrayList<>())
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
