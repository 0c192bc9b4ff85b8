package io.sluice.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.connectors.wire.ReadingEncoder;
import io.sluice.connectors.wire.Wire;
import io.sluice.forecast.Reading;
import java.io.IOException;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends readings in Sluice's own contract. One thread at a time. */
public final class ReadingsWriter implements AutoCloseable {
  private final String topic;
  private final ReadingEncoder encoder;
  private final KafkaProducer<byte[], byte[]> producer;
  private volatile RuntimeException failure;

  public ReadingsWriter(KafkaSettings kafka, String topic, Wire wire) throws IOException {
    Properties client = new Properties();
    client.setProperty("linger.ms", "5");
    client.setProperty("batch.size", Integer.toString(128 << 10));
    client.setProperty("compression.type", "lz4");
    client.putAll(kafka.client());
    ByteArraySerializer bytes = new ByteArraySerializer();
    this.topic = topic;
    this.encoder = wire.readings(topic);
    this.producer = new KafkaProducer<>(client, bytes, bytes);
  }

  public void send(Reading reading) {
    send(reading.series(), encoder.encode(reading));
  }

  /** Sends bytes as they are, whatever they are. */
  public void send(String key, byte[] value) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
    producer.send(
        record,
        (place, broken) -> {
          if (broken != null) {
            failure = new IllegalStateException("a reading was not taken by " + topic, broken);
          }
        });
  }

  /** Returns once the broker has all that was sent. */
  public void flush() {
    producer.flush();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
