package io.sluice.connectors.kafka;

import java.util.Collection;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the sinks have in common: how they deliver. */
final class Sinks {
  /** A broker that has just started may not know a topic at once. */
  private static final String PATIENCE_MS = "10000";

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

  /** Says which topic there is none of. Asked as a producer asks, so that a broker that makes topics by itself makes it. */
  static void expect(KafkaSettings kafka, Delivery delivery, Collection<String> topics) {
    try (KafkaProducer<byte[], byte[]> producer = producer(kafka, delivery)) {
      topics.forEach(topic -> expect(producer, topic));
    }
  }

  /** One that writes nothing: Kafka refuses properties that do not go together. */
  static KafkaProducer<byte[], byte[]> producer(KafkaSettings kafka, Delivery delivery) {
    Properties client = kafka.client();
    client.putIfAbsent("max.block.ms", PATIENCE_MS);
    if (delivery.promise() == Delivery.Promise.EXACTLY_ONCE) {
      client.setProperty("transactional.id", delivery.transactionPrefix() + "-check");
    }
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new KafkaProducer<>(client, bytes, bytes);
  }

  private static void expect(KafkaProducer<byte[], byte[]> producer, String topic) {
    try {
      producer.partitionsFor(topic);
    } catch (TimeoutException silence) {
      throw silence.getCause() instanceof UnknownTopicOrPartitionException
          ? OneTopic.missing(topic)
          : silence;
    }
  }
}
