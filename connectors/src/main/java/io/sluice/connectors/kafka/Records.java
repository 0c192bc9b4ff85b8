package io.sluice.connectors.kafka;

import io.sluice.connectors.Header;
import io.sluice.connectors.Original;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Kafka's records as ours. */
final class Records {
  private Records() {}

  static Original original(ConsumerRecord<byte[], byte[]> record) {
    return new Original(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        Optional.ofNullable(record.key()),
        Optional.ofNullable(record.value()),
        headers(record));
  }

  private static List<Header> headers(ConsumerRecord<byte[], byte[]> record) {
    List<Header> headers = List.of();
    for (org.apache.kafka.common.header.Header header : record.headers()) {
      headers = headers.isEmpty() ? new ArrayList<>() : headers;
      byte[] value = header.value() == null ? new byte[0] : header.value();
      headers.add(new Header(header.key(), value));
    }
    return headers;
  }
}
