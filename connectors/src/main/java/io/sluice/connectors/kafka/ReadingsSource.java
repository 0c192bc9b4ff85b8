package io.sluice.connectors.kafka;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Flows;
import io.sluice.connectors.mapping.ReadingDecoder;
import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The readings topic as a Flink source: what cannot be read flows too, as a rejected arrival. */
public final class ReadingsSource {
  private ReadingsSource() {}

  /** Reads on for ever. */
  public static Source<Arrival, ?, ?> unbounded(KafkaSettings kafka, ReadingsSettings readings) {
    return builder(kafka, readings).build();
  }

  /** Reads what is there when the job starts, and ends. */
  public static Source<Arrival, ?, ?> bounded(KafkaSettings kafka, ReadingsSettings readings) {
    return builder(kafka, readings).setBounded(OffsetsInitializer.latest()).build();
  }

  private static KafkaSourceBuilder<Arrival> builder(
      KafkaSettings kafka, ReadingsSettings readings) {
    return KafkaSource.<Arrival>builder()
        .setProperty("isolation.level", "read_committed")
        .setProperties(kafka.job())
        .setTopics(readings.topic())
        .setGroupId(readings.group())
        .setStartingOffsets(readings.start().offsets())
        .setDeserializer(new Arrivals(kafka, readings));
  }

  /** Each record becomes one arrival. */
  private static final class Arrivals implements KafkaRecordDeserializationSchema<Arrival> {
    private static final long serialVersionUID = 1;

    private final KafkaSettings kafka;
    private final ReadingsSettings settings;
    private transient ReadingDecoder decoder;

    Arrivals(KafkaSettings kafka, ReadingsSettings settings) {
      this.kafka = kafka;
      this.settings = settings;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
      kafka.checkSecrets();
      decoder = ReadingDecoder.of(settings.format(), settings.mapping());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Arrival> out)
        throws IOException {
      out.collect(decoder.decode(Records.original(record)));
    }

    @Override
    public TypeInformation<Arrival> getProducedType() {
      return Flows.ARRIVAL;
    }
  }
}
