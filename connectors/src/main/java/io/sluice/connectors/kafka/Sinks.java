package io.sluice.connectors.kafka;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;

/** What the sinks have in common: how they deliver. */
final class Sinks {
  private Sinks() {}

  static <T> Sink<T> of(
      KafkaSettings kafka, Delivery delivery, KafkaRecordSerializationSchema<T> records) {
    return KafkaSink.<T>builder()
        .setProperty("linger.ms", "5")
        .setProperty("batch.size", Integer.toString(128 << 10))
        .setProperty("compression.type", "lz4")
        .setKafkaProducerConfig(kafka.job())
        .setProperty(
            "transaction.timeout.ms", Long.toString(delivery.transactionTimeout().toMillis()))
        .setDeliveryGuarantee(delivery.guarantee())
        .setTransactionalIdPrefix(delivery.transactionPrefix())
        // pooled names leave orphans behind when the job is scaled down, and those block its
        // readers
        .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
        .setRecordSerializer(records)
        .build();
  }
}
