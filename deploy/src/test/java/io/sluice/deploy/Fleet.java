package io.sluice.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sensors that send a reading a minute: a daily rhythm with noise, the same for the same series and
 * minute whenever it is sent.
 */
record Fleet(String bootstrap, String topic, int series) {
  private static final long START = 1_767_225_600_000L; // 2026-01-01T00:00:00Z
  private static final long MINUTE = 60_000;

  /** Sends every series' readings of the minutes {@code [from, to)}; the broker has them all, in order. */
  void send(int from, int to) throws Exception {
    StringSerializer text = new StringSerializer();
    List<Future<?>> sent = new ArrayList<>();
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties(), text, text)) {
      for (int minute = from; minute < to; minute++) {
        for (int each = 0; each < series; each++) {
          sent.add(producer.send(reading(each, minute)));
        }
      }
    }
    for (Future<?> each : sent) {
      each.get();
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("linger.ms", "5");
    // a partition made a moment ago may take the second batch and then refuse the first for its
    // number
    properties.put("max.in.flight.requests.per.connection", "1");
    return properties;
  }

  private ProducerRecord<String, String> reading(int each, int minute) {
    double noise = new SplittableRandom(31L * each + minute).nextDouble() - 0.5;
    double celsius = 20 + each % 7 + 5 * Math.sin(2 * Math.PI * minute / 1440) + noise;
    String name = "sensor-" + each;
    String value =
        "{\"sensor\":\"%s\",\"at\":%d,\"celsius\":%s}"
            .formatted(name, START + minute * MINUTE, celsius);
    return new ProducerRecord<>(topic, name, value);
  }
}
