package io.sluice.connectors.kafka;

import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to a topic outside of a job, in order, each record once. */
public final class TopicWriter implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final String topic;

  private TopicWriter(KafkaProducer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  public static TopicWriter open(KafkaSettings kafka, String topic) {
    Properties client = kafka.client();
    client.putIfAbsent("linger.ms", "5");
    client.putIfAbsent("compression.type", "lz4");
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new TopicWriter(new KafkaProducer<>(client, bytes, bytes), topic);
  }

  /** @param timestamp of the record, epoch milliseconds */
  public void write(byte[] key, byte[] value, long timestamp) {
    producer.send(
        new ProducerRecord<>(topic, null, timestamp, key, value),
        (written, refused) -> {
          if (refused != null) {
            failure.compareAndSet(null, refused);
          }
        });
  }

  /** Waits until the broker has everything. */
  public void flush() {
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("topic \"" + topic + "\" took not all", failure.get());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
