package io.sluice.connectors.kafka;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Flows;
import io.sluice.connectors.mapping.ReadingDecoder;
import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.runtime.execution.SuppressRestartsException;
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

  /** Says before a job is started that it would have nothing to read. */
  public static void expect(KafkaSettings kafka, ReadingsSettings readings) {
    new OneTopic(readings.topic()).expect(kafka);
  }

  private static KafkaSourceBuilder<Arrival> builder(
      KafkaSettings kafka, ReadingsSettings readings) {
    return Sources.of(kafka, readings.topic(), new Arrivals(kafka, readings))
        .setGroupId(readings.group())
        .setStartingOffsets(readings.start().offsets());
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
      if (!settings.topic().equals(record.topic())) {
        throw new SuppressRestartsException(
            new IllegalStateException(
                "the checkpoint goes on with topic \"%s\", and readings.topic is \"%s\": begin anew with --anew"
                    .formatted(record.topic(), settings.topic())));
      }
      out.collect(decoder.decode(Records.original(record)));
    }

    @Override
    public TypeInformation<Arrival> getProducedType() {
      return Flows.ARRIVAL;
    }
  }
}
