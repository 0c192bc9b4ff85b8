package io.sluice.connectors.kafka;

import io.sluice.connectors.Secrets;
import java.io.Serializable;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * How the brokers are reached.
 *
 * @param bootstrap host:port, several with commas
 * @param properties of Kafka's clients, passed through; {@code ${NAME}} stands for an environment variable, so that no
 *     secret need stand in a file
 */
public record KafkaSettings(String bootstrap, Map<String, String> properties)
    implements Serializable {
  public KafkaSettings {
    properties = Map.copyOf(properties);
    if (bootstrap.isBlank()) {
      throw new IllegalArgumentException("kafka.bootstrap is missing, such as localhost:9092");
    }
  }

  /** What a client is made with, secrets filled in. */
  Properties client() {
    Properties client = new Properties();
    client.setProperty("bootstrap.servers", Secrets.resolve(bootstrap, System.getenv()));
    properties.forEach(
        (key, value) -> client.setProperty(key, Secrets.resolve(value, System.getenv())));
    return client;
  }

  /** Safe to print. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrap=%s, properties=%s]"
        .formatted(bootstrap, new TreeMap<>(Secrets.masked(properties)));
  }
}
