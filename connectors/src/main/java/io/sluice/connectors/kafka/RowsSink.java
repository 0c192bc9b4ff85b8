package io.sluice.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.connectors.wire.RowEncoder;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.producer.ProducerRecord;

/** All rows through one producer into their topics. */
public final class RowsSink {
  private RowsSink() {}

  public static Sink<Row> of(KafkaSettings kafka, RowsSettings rows) {
    return Sinks.of(kafka, rows.delivery(), new RowRecords(kafka, rows));
  }

  /** Says before a job is started that its rows would have nowhere to go. */
  public static void expect(KafkaSettings kafka, RowsSettings rows) {
    Sinks.expect(kafka, rows.delivery(), rows.topics().contracts().keySet());
  }

  /**
   * Each row becomes one record of its topic. Records carry the producer's clock, not the reading's: a broker refuses
   * those from the future.
   */
  private static final class RowRecords implements KafkaRecordSerializationSchema<Row> {
    private static final long serialVersionUID = 1;

    private final KafkaSettings kafka;
    private final RowsSettings settings;
    private transient RowEncoder encoder;

    RowRecords(KafkaSettings kafka, RowsSettings settings) {
      this.kafka = kafka;
      this.settings = settings;
    }

    @Override
    public void open(
        SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext)
        throws IOException {
      kafka.checkSecrets();
      expectTopics();
      encoder = settings.wire().encoder(settings.labels(), settings.topics().contracts());
    }

    /** A job that lost a topic of its rows fails as it writes; once it is started again, it is at an end here. */
    private void expectTopics() {
      try {
        expect(kafka, settings);
      } catch (IllegalStateException missing) {
        throw new SuppressRestartsException(missing);
      }
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        Row row, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(topic(row), key(row), encoder.encode(row));
    }

    private String topic(Row row) {
      RowsSettings.Topics topics = settings.topics();
      if (row instanceof Row.Forecasted) {
        return topics.forecasts();
      }
      if (row instanceof Row.Judged) {
        return topics.verdicts();
      }
      return row instanceof Row.Late ? topics.late() : topics.deadLetters();
    }

    private static byte[] key(Row row) {
      if (row instanceof Row.Forecasted forecasted) {
        return forecasted.forecast().series().getBytes(UTF_8);
      }
      if (row instanceof Row.Judged judged) {
        return judged.verdict().series().getBytes(UTF_8);
      }
      return original(row).bounded().key().orElse(null);
    }

    private static Original original(Row row) {
      return row instanceof Row.Late late ? late.original() : ((Row.DeadLetter) row).original();
    }
  }
}
