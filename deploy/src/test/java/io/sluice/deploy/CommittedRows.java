package io.sluice.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a reader with {@code read_committed} sees of a topic of rows, in JSON, from its beginning. */
final class CommittedRows implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final KafkaConsumer<String, String> consumer;
  private final Map<String, String> rows = new TreeMap<>();
  private final List<String> doubled = new ArrayList<>();

  CommittedRows(String bootstrap, String topic) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "bootstrap.servers", bootstrap,
            "isolation.level", "read_committed",
            "enable.auto.commit", "false"));
    consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads on until so many different rows have been seen. */
  CommittedRows await(int count, int seconds) {
    Await.until(
        "%d committed rows (%s)".formatted(count, consumer.assignment()),
        seconds,
        () -> {
          poll();
          return rows.size() >= count ? Optional.of(count) : Optional.empty();
        });
    return this;
  }

  /** Reads on to where the topic ends now. */
  CommittedRows toTheEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll();
    }
    return this;
  }

  private void poll() {
    for (ConsumerRecord<String, String> record : consumer.poll(PATIENCE)) {
      String before = rows.putIfAbsent(seriesAndTime(record.value()), record.value());
      if (before != null) {
        doubled.add(record.value());
      }
    }
  }

  private static String seriesAndTime(String row) {
    try {
      JsonNode json = JSON.readTree(row);
      return json.required("series").asText() + " at " + json.required("time").asLong();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a row: " + row, e);
    }
  }

  /** The first row of each series and time, as it was written. */
  Map<String, String> rows() {
    return rows;
  }

  /** Rows whose series and time had been seen before. */
  List<String> doubled() {
    return doubled;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
