package io.sluice.connectors.kafka;

import io.sluice.connectors.Flows;
import io.sluice.connectors.PartArrival;
import io.sluice.connectors.Unreadable;
import io.sluice.connectors.wire.Parts;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** The weights topic in a job: every part there is, from the first, and then every new one. */
public final class WeightsSource {
  private WeightsSource() {}

  public static Source<PartArrival, ?, ?> of(KafkaSettings kafka, WeightsSettings weights) {
    return builder(kafka, weights, new PartArrivals())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .build();
  }

  /**
   * Models that somebody asks a round of training for, from now on, or since this group last had a checkpoint: who asks
   * while its job is down is heard when it is back.
   */
  @SuppressWarnings("deprecation") // the connector asks for the old enum
  public static Source<String, ?, ?> asks(
      KafkaSettings kafka, WeightsSettings weights, String group) {
    return builder(kafka, weights, new Asks())
        .setGroupId(group)
        .setProperty("commit.offsets.on.checkpoint", "true")
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.LATEST))
        .build();
  }

  private static <T> KafkaSourceBuilder<T> builder(
      KafkaSettings kafka, WeightsSettings weights, KafkaRecordDeserializationSchema<T> records) {
    return Sources.of(kafka, weights.topic(), records)
        .setProperty("enable.auto.commit", "false")
        .setProperty("commit.offsets.on.checkpoint", "false");
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

  /** Everything but a request is passed over. */
  private static final class Asks implements KafkaRecordDeserializationSchema<String> {
    private static final long serialVersionUID = 1;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<String> out) {
      Ask.model(record.key(), record.value()).ifPresent(out::collect);
    }

    @Override
    public TypeInformation<String> getProducedType() {
      return Types.STRING;
    }
  }
}
