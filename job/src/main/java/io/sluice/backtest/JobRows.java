package io.sluice.backtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.connectors.Unreadable;
import io.sluice.connectors.kafka.KafkaSettings;
import io.sluice.connectors.kafka.RowsSettings;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.connectors.wire.RowReader;
import io.sluice.connectors.wire.RowReader.Fields;
import io.sluice.forecast.Status;
import io.sluice.forecast.Timing;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a job has written of one series, as far as its topics still hold it and may be read: when it took up each reading and
 * who answered it, and, where it goes by event time, which readings it passed over.
 */
final class JobRows {
  private final Map<Long, Written> forecasts = new HashMap<>();
  private final Set<Place> passedOver = new HashSet<>();
  private final List<byte[]> verdicts = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();

  /**
   * The row of a reading.
   *
   * @param version of the weights, 0 where no network had its say
   * @param clock when it was written, epoch milliseconds
   */
  record Written(Status status, long version, long clock) {}

  /** Of a record in the topic of readings. */
  private record Place(long partition, long offset) {}

  /** @param time of the reading whose verdict is looked at */
  static JobRows of(Settings settings, String series, long time) {
    JobRows rows = new JobRows();
    RowsSettings.Topics topics = settings.rows().topics();
    RowReader reader = new RowReader(settings.rows().wire().registry());
    byte[] key = series.getBytes(UTF_8);
    rows.read(
        settings.kafka(),
        topics.forecasts(),
        row -> {
          if (isOf(key, row)) {
            rows.forecast(fields(reader, row), row.timestamp());
          }
        });
    rows.read(
        settings.kafka(),
        topics.verdicts(),
        row -> {
          if (isOf(key, row) && Objects.equals(fields(reader, row).wholes().get("time"), time)) {
            rows.verdicts.add(row.value().orElseThrow());
          }
        });
    if (settings.plan().timing().order() == Timing.Order.EVENT_TIME) {
      String readings = settings.readings().topic();
      for (String topic : List.of(topics.late(), topics.deadLetters())) {
        rows.read(settings.kafka(), topic, row -> rows.passedOver(fields(reader, row), readings));
      }
    }
    return rows;
  }

  /** What a topic of the job holds, if it can be read. */
  void read(KafkaSettings kafka, String topic, Consumer<Original> taker) {
    if (!TopicReader.readIfThere(kafka, topic, taker)) {
      unread.add(topic);
    }
  }

  private static boolean isOf(byte[] key, Original row) {
    return row.key().filter(name -> Arrays.equals(name, key)).isPresent();
  }

  /** None of a row that cannot be read: somebody else's, perhaps. */
  private static Fields fields(RowReader reader, Original row) {
    try {
      return reader.read(row.value().orElseThrow(() -> new Unreadable("a row without a value")));
    } catch (Unreadable foreign) {
      return new Fields(Map.of(), Map.of());
    } catch (IOException away) {
      throw new UncheckedIOException(away.getMessage(), away);
    }
  }

  /** The last one of a time counts: a job that was begun anew writes it once more. */
  private void forecast(Fields row, long clock) {
    Long time = row.wholes().get("time");
    Long version = row.wholes().get("version");
    Optional<Status> status = status(row.texts().get("status"));
    if (time != null && version != null && status.isPresent()) {
      forecasts.put(time, new Written(status.get(), version, clock));
    }
  }

  private static Optional<Status> status(String word) {
    return Stream.of(Status.values())
        .filter(status -> status.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  private void passedOver(Fields row, String readings) {
    Long partition = row.wholes().get("partition");
    Long offset = row.wholes().get("offset");
    if (partition != null && offset != null && readings.equals(row.texts().get("topic"))) {
      passedOver.add(new Place(partition, offset));
    }
  }

  /** Which topics nobody knows the contents of. */
  List<String> notes() {
    return unread.stream()
        .map(
            "topic \"%s\" is not there, or not open to whoever asks: what the job heard or wrote by it is not known here"
                ::formatted)
        .toList();
  }

  /** Whether none is left. */
  boolean none() {
    return forecasts.isEmpty();
  }

  /** The row of the reading of that time. */
  Optional<Written> at(long time) {
    return Optional.ofNullable(forecasts.get(time));
  }

  /** What the job itself has said, beside that verdict. */
  String beside(Verdict verdict, RowsSettings settings) {
    String topic = settings.topics().verdicts();
    for (byte[] said : verdicts) {
      if (RowReader.says(said, new Row.Judged(verdict), settings.labels())) {
        return "topic \"%s\" says the same, to the last bit".formatted(topic);
      }
    }
    return verdicts.isEmpty()
        ? "topic \"%s\" tells no verdict of it to compare with".formatted(topic)
        : "topic \"%s\" says otherwise: what is played here is not all that the job has heard"
            .formatted(topic);
  }

  /** Whether the job did not step that record. */
  boolean passedOver(Original reading) {
    return passedOver.contains(new Place(reading.partition(), reading.offset()));
  }
}
