package io.sluice.connectors.kafka;

import io.sluice.connectors.Original;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic outside of a job. */
public final class TopicReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final Duration PENDING = Duration.ofSeconds(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  private TopicReader(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new Missing(topic);
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Stands at the topic's beginning and sees what is committed. */
  public static TopicReader open(KafkaSettings kafka, String topic) {
    Properties client = kafka.client();
    client.setProperty("isolation.level", "read_committed");
    client.setProperty("enable.auto.commit", "false");
    client.putIfAbsent("default.api.timeout.ms", "15000");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(client, bytes, bytes);
    try {
      return new TopicReader(consumer, topic);
    } catch (TimeoutException silence) {
      consumer.close();
      throw new IllegalStateException(
          "no broker answers at %s: is kafka.bootstrap right, and may this machine reach it?"
              .formatted(kafka.bootstrap()),
          silence);
    } catch (RuntimeException broken) {
      consumer.close();
      throw broken;
    }
  }

  /**
   * Hands over everything that is committed now, partition by partition in order. Transactions that are about to end are
   * waited for a while: a commit is seen a moment after the producer was told of it.
   */
  public static void readAll(KafkaSettings kafka, String topic, Consumer<Original> taker) {
    try (TopicReader reader = open(kafka, topic)) {
      Map<TopicPartition, Long> committed = reader.consumer.endOffsets(reader.partitions);
      Map<TopicPartition, Long> written = written(kafka, reader.partitions);
      long until = System.nanoTime() + PENDING.toNanos();
      while (reader.isBefore(committed)
          || reader.isBefore(written) && System.nanoTime() - until < 0) {
        reader.poll(taker);
      }
    }
  }

  /**
   * The same of a topic that there need not be, nor be open to whoever asks.
   *
   * @return whether it was read
   */
  public static boolean readIfThere(KafkaSettings kafka, String topic, Consumer<Original> taker) {
    try {
      readAll(kafka, topic, taker);
      return true;
    } catch (Missing | AuthorizationException none) {
      return false;
    }
  }

  /** There is no such topic. */
  private static final class Missing extends IllegalStateException {
    private static final long serialVersionUID = 1;

    Missing(String topic) {
      super(
          "there is no topic \"%s\"; deploy/topics.sh makes all that Sluice needs"
              .formatted(topic));
    }
  }

  /** Where the partitions end, transactions under way included. */
  private static Map<TopicPartition, Long> written(
      KafkaSettings kafka, List<TopicPartition> partitions) {
    Properties client = kafka.client();
    client.setProperty("isolation.level", "read_uncommitted");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(client, bytes, bytes)) {
      return consumer.endOffsets(partitions);
    }
  }

  private boolean isBefore(Map<TopicPartition, Long> ends) {
    return partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p));
  }

  /** Hands over what has come since; waits for it a moment. */
  public void poll(Consumer<Original> taker) {
    consumer.poll(PATIENCE).forEach(record -> taker.accept(Records.original(record)));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
