package io.sluice.connectors.kafka;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Flows;
import io.sluice.connectors.wire.FeedbackMessages;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topic on which people say what they think of alerts, read on from a checkpoint. */
public final class FeedbackSource {
  private FeedbackSource() {}

  /** From now on: what was said of a past that the memories do not hold is for retraining alone. */
  public static Source<Arrival, ?, ?> of(KafkaSettings kafka, String topic) {
    return builder(kafka, topic, OffsetsInitializer.latest()).build();
  }

  /**
   * How far a source of that topic had come, by partition: the offset of the first record that it had not handed on. Partitions
   * of which it had read nothing yet are left out.
   *
   * @param state of the source in a savepoint
   */
  public static Map<Integer, Long> heard(String topic, Iterable<byte[]> state) throws IOException {
    KafkaPartitionSplitSerializer serializer = new KafkaPartitionSplitSerializer();
    Map<Integer, Long> heard = new HashMap<>();
    for (byte[] bytes : state) {
      KafkaPartitionSplit split =
          SimpleVersionedSerialization.readVersionAndDeSerialize(serializer, bytes);
      // below zero stands for "latest", which nobody has looked up yet
      if (split.getTopic().equals(topic) && split.getStartingOffset() >= 0) {
        heard.put(split.getPartition(), split.getStartingOffset());
      }
    }
    return heard;
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
