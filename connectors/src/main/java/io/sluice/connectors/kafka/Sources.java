package io.sluice.connectors.kafka;

import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;

/** What the sources have in common: each reads what is committed to one topic. */
final class Sources {
  /** How soon a new partition is read and a topic that is gone is noticed; {@code kafka.properties} may say otherwise. */
  private static final String LOOK_EACH_MS = "60000";

  private Sources() {}

  static <T> KafkaSourceBuilder<T> of(
      KafkaSettings kafka, String topic, KafkaRecordDeserializationSchema<T> records) {
    return KafkaSource.<T>builder()
        .setProperty("isolation.level", "read_committed")
        .setProperty("partition.discovery.interval.ms", LOOK_EACH_MS)
        .setProperties(kafka.job())
        .setKafkaSubscriber(new OneTopic(topic))
        .setDeserializer(records);
  }
}
