package io.sluice.connectors.kafka;

import io.sluice.connectors.Secrets;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;

/**
 * How the brokers are reached.
 *
 * @param bootstrap host:port, several with commas
 * @param properties of Kafka's clients, passed through; {@code ${NAME}} stands for an environment variable, so that no
 *     secret need stand in a file
 */
public record KafkaSettings(String bootstrap, Map<String, String> properties)
    implements Serializable {
  private static final String PATIENCE_MS = "10000";

  public KafkaSettings {
    properties = Map.copyOf(properties);
    if (bootstrap.isBlank()) {
      throw new IllegalArgumentException("kafka.bootstrap is missing, such as localhost:9092");
    }
  }

  /** What a client of this process is made with, secrets filled in. */
  Properties client() {
    Properties client = new Properties();
    client.setProperty("bootstrap.servers", Secrets.resolve(bootstrap, System.getenv()));
    properties.forEach(
        (key, value) -> client.setProperty(key, Secrets.resolve(value, System.getenv())));
    return client;
  }

  /** The same for a person who waits for the answer. */
  Properties asking() {
    Properties client = client();
    List<String> patience = List.of("default.api.timeout.ms", "request.timeout.ms");
    if (patience.stream().noneMatch(client::containsKey)) {
      patience.forEach(each -> client.setProperty(each, PATIENCE_MS));
    }
    return client;
  }

  /** What a job's clients are made with: each fills the secrets in where it runs, so that none stands in a job graph. */
  Properties job() {
    Properties job = new Properties();
    job.setProperty("config.providers", "env");
    job.setProperty("config.providers.env.class", EnvVarConfigProvider.class.getName());
    job.setProperty("bootstrap.servers", Secrets.deferred(bootstrap));
    properties.forEach((key, value) -> job.setProperty(key, Secrets.deferred(value)));
    return job;
  }

  /** Says which variable is missing in this process; Kafka's clients would send its name as the secret. */
  void checkSecrets() {
    client();
  }

  /** Safe to print. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrap=%s, properties=%s]"
        .formatted(bootstrap, new TreeMap<>(Secrets.masked(properties)));
  }
}
