package io.sluice.connectors.kafka;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Flows;
import io.sluice.connectors.wire.FeedbackMessages;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topic on which people say what they think of alerts, read on from a checkpoint. */
public final class FeedbackSource {
  private FeedbackSource() {}

  /** From now on: what was said of a past that the memories do not hold is for retraining alone. */
  public static Source<Arrival, ?, ?> of(KafkaSettings kafka, String topic) {
    return builder(kafka, topic, OffsetsInitializer.latest()).build();
  }

  /** Whatever was said, and what will be unless it is bounded. */
  public static Source<Arrival, ?, ?> everything(
      KafkaSettings kafka, String topic, Boundedness extent) {
    KafkaSourceBuilder<Arrival> said = builder(kafka, topic, OffsetsInitializer.earliest());
    return extent == Boundedness.BOUNDED
        ? said.setBounded(OffsetsInitializer.latest()).build()
        : said.build();
  }

  private static KafkaSourceBuilder<Arrival> builder(
      KafkaSettings kafka, String topic, OffsetsInitializer start) {
    return Sources.of(kafka, topic, new Sayings())
        .setProperty("enable.auto.commit", "false")
        .setProperty("commit.offsets.on.checkpoint", "false")
        .setStartingOffsets(start);
  }

  /** Each record becomes one arrival. */
  private static final class Sayings implements KafkaRecordDeserializationSchema<Arrival> {
    private static final long serialVersionUID = 1;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Arrival> out) {
      out.collect(FeedbackMessages.decode(Records.original(record)));
    }

    @Override
    public TypeInformation<Arrival> getProducedType() {
      return Flows.ARRIVAL;
    }
  }
}
