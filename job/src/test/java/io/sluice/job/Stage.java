package io.sluice.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.anomaly.Label;
import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.RowsSettings;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.connectors.mapping.ReadingDecoder;
import io.sluice.connectors.wire.RowEncoder;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/**
 * What a job's topics hold once the operator has heard a story, rows included, by the log's clock: records carry the minute at
 * which they are said to have come.
 */
final class Stage implements AutoCloseable {
  private final Settings settings;
  private final ReadingDecoder decoder;
  private final RowEncoder encoder;
  private final WeightsStore store;
  private final Subtasks subtasks;
  private final List<Verdict> verdicts = new ArrayList<>();
  private final TopicWriter readings;
  private final TopicWriter feedback;
  private final TopicWriter rows;
  private final TopicWriter told;
  private final TopicWriter late;
  private long offset;
  private long behind;
  private boolean kept = true;

  private Stage(EmbeddedBroker broker, Settings settings) throws Exception {
    this.settings = settings;
    decoder = ReadingDecoder.of(settings.readings().format(), settings.readings().mapping());
    encoder = settings.rows().wire().encoder(settings.rows().labels(), Map.of());
    store = new WeightsStore(settings.kafka(), settings.weights());
    subtasks = Subtasks.fresh(settings, HashMapStateBackend::new, 1);
    RowsSettings.Topics topics = settings.rows().topics();
    for (String topic :
        List.of(
            settings.readings().topic(),
            settings.feedback(),
            topics.forecasts(),
            topics.verdicts(),
            topics.late())) {
      broker.topic(topic, 1, Map.of("retention.ms", "-1"));
    }
    broker.topic(settings.weights().topic(), 1);
    readings = TopicWriter.open(settings.kafka(), settings.readings().topic());
    feedback = TopicWriter.open(settings.kafka(), settings.feedback());
    rows = TopicWriter.open(settings.kafka(), topics.forecasts());
    told = TopicWriter.open(settings.kafka(), topics.verdicts());
    late = TopicWriter.open(settings.kafka(), topics.late());
  }

  /** @param more settings beside those of topics and of what stands where in a reading */
  static Stage on(EmbeddedBroker broker, String prefix, String more) throws Exception {
    String where =
        """
        kafka: {bootstrap: "%s"}
        readings: {topic: %2$sreadings, time: at, values: {celsius: celsius}}
        forecasts: {topic: %2$sforecasts}
        verdicts: {topic: %2$sverdicts}
        late: {topic: %2$slate}
        weights: {topic: %2$sweights, handover: 20m}
        feedback: {topic: %2$sfeedback}
        """;
    String all = where.formatted(broker.bootstrap(), prefix) + more;
    return new Stage(broker, Settings.parse(all));
  }

  Settings settings() {
    return settings;
  }

  /** Published, and heard by the job. */
  void gets(Release release) throws Exception {
    store.publish(release);
    hears(release);
  }

  /** Of what the topic has lost since. */
  void hears(Release release) throws Exception {
    subtasks.ship(new Shipment.Delivered(release));
  }

  /** From now on rows are written so many minutes after what they tell of has come. */
  void behind(long minutes) {
    behind = minutes;
  }

  /** Whether forecasts from now on are found in their topic, neither forgotten by it nor yet to be written. */
  void keeps(boolean forecasts) {
    kept = forecasts;
  }

  void reads(String series, long minute, double value) throws Exception {
    reads(series, minute, minute, value);
  }

  /** A reading of that minute that comes at another one. */
  void reads(String series, long minute, long comes, double value) throws Exception {
    byte[] key = series.getBytes(UTF_8);
    byte[] message = "{\"at\":%d,\"celsius\":%s}".formatted(at(minute), value).getBytes(UTF_8);
    readings.write(key, message, at(comes));
    hear(
        decoder.decode(
            new Original(
                settings.readings().topic(),
                0,
                offset++,
                at(comes),
                Optional.of(key),
                Optional.of(message),
                List.of())),
        comes);
  }

  /** What a person says of that minute at another one. */
  void says(String series, long minute, long comes, Label label) throws Exception {
    String message =
        "{\"series\":\"%s\",\"time\":%d,\"label\":\"%s\"}"
            .formatted(series, at(minute), label.word());
    feedback.write(series.getBytes(UTF_8), message.getBytes(UTF_8), at(comes));
    subtasks.hear(Plant.says(series, minute, label));
  }

  /** Event time has come to that minute, at that minute of the log's clock. */
  void reaches(long minute, long comes) throws Exception {
    subtasks.watermark(at(minute));
    write(comes);
  }

  private void hear(Arrival arrival, long comes) throws Exception {
    subtasks.hear(arrival);
    write(comes);
  }

  private void write(long comes) throws Exception {
    for (Row row : subtasks.rows()) {
      if (row instanceof Row.Judged judged) {
        verdicts.add(judged.verdict());
        byte[] key = judged.verdict().series().getBytes(UTF_8);
        told.write(key, encoder.encode(row), at(comes + behind));
      } else if (row instanceof Row.Forecasted forecasted && kept) {
        byte[] key = forecasted.forecast().series().getBytes(UTF_8);
        rows.write(key, encoder.encode(row), at(comes + behind));
      } else if (row instanceof Row.Late passed) {
        late.write(passed.original().key().orElseThrow(), encoder.encode(row), at(comes + behind));
      }
    }
  }

  static long at(long minute) {
    return Plant.START + minute * Plant.MINUTE;
  }

  /** So far, of that series. */
  List<Verdict> verdicts(String series) {
    return verdicts.stream().filter(verdict -> verdict.series().equals(series)).toList();
  }

  /** All that was written can be read. */
  void flush() {
    readings.flush();
    feedback.flush();
    rows.flush();
    told.flush();
    late.flush();
  }

  @Override
  public void close() {
    readings.close();
    feedback.close();
    rows.close();
    told.close();
    late.close();
    subtasks.close();
  }
}
