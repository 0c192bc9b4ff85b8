package io.sluice.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.connectors.wire.RowEncoder;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerRecord;

/** All rows through one producer into their topics. */
public final class RowsSink {
  private RowsSink() {}

  public static Sink<Row> of(KafkaSettings kafka, RowsSettings rows) {
    Delivery delivery = rows.delivery();
    return KafkaSink.<Row>builder()
        .setProperty("linger.ms", "5")
        .setProperty("batch.size", Integer.toString(128 << 10))
        .setProperty("compression.type", "lz4")
        .setKafkaProducerConfig(kafka.client())
        .setProperty(
            "transaction.timeout.ms", Long.toString(delivery.transactionTimeout().toMillis()))
        .setBootstrapServers(kafka.client().getProperty("bootstrap.servers"))
        .setDeliveryGuarantee(delivery.guarantee())
        .setTransactionalIdPrefix(delivery.transactionPrefix())
        // pooled names leave orphans behind when the job is scaled down, and those block its
        // readers
        .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
        .setRecordSerializer(new Records(rows))
        .build();
  }

  /**
   * Each row becomes one record of its topic. Records carry the producer's clock, not the reading's: a broker refuses
   * those from the future.
   */
  private static final class Records implements KafkaRecordSerializationSchema<Row> {
    private static final long serialVersionUID = 1;

    private final RowsSettings settings;
    private transient RowEncoder encoder;

    Records(RowsSettings settings) {
      this.settings = settings;
    }

    @Override
    public void open(
        SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
      encoder = settings.form().encoder(settings.labels());
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
