package io.sluice.connectors.kafka;

import io.sluice.connectors.Flows;
import io.sluice.connectors.PartArrival;
import io.sluice.connectors.Unreadable;
import io.sluice.connectors.wire.Parts;
import io.sluice.weights.Part;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The weights topic in a job: every part there is, from the first, and then every new one. */
public final class WeightsSource {
  private WeightsSource() {}

  public static Source<PartArrival, ?, ?> of(KafkaSettings kafka, WeightsSettings weights) {
    return KafkaSource.<PartArrival>builder()
        .setProperty("isolation.level", "read_committed")
        .setProperty("enable.auto.commit", "false")
        .setProperty("commit.offsets.on.checkpoint", "false")
        .setProperties(kafka.job())
        .setTopics(weights.topic())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new PartArrivals())
        .build();
  }

  /** Where a retraining job publishes: a release's parts become visible together, with the job's checkpoint. */
  public static Sink<Part> sink(KafkaSettings kafka, WeightsSettings weights, Delivery delivery) {
    return Sinks.of(kafka, delivery, new PartRecords(weights.topic()));
  }

  /** Each record becomes one arrival; a tombstone is none. */
  private static final class PartArrivals implements KafkaRecordDeserializationSchema<PartArrival> {
    private static final long serialVersionUID = 1;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<PartArrival> out) {
      if (record.value() == null) {
        return;
      }
      try {
        out.collect(new PartArrival.Decoded(Parts.decode(record.value())));
      } catch (Unreadable unreadable) {
        out.collect(
            new PartArrival.Rejected(
                unreadable.reason(), record.topic(), record.partition(), record.offset()));
      }
    }

    @Override
    public TypeInformation<PartArrival> getProducedType() {
      return Flows.PART;
    }
  }

  /** Each part becomes one record. */
  private record PartRecords(String topic) implements KafkaRecordSerializationSchema<Part> {
    @Override
    public void open(
        SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {}

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        Part part, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(topic, Parts.key(part), Parts.encode(part));
    }
  }
}
