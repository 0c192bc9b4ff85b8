package io.sluice.connectors.kafka;

import io.sluice.connectors.Secrets;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
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
  private static final List<ConfigDef> CLIENTS =
      List.of(
          ProducerConfig.configDef(), ConsumerConfig.configDef(), AdminClientConfig.configDef());

  public KafkaSettings {
    properties = Map.copyOf(properties);
    if (bootstrap.isBlank()) {
      throw new IllegalArgumentException("kafka.bootstrap is missing, such as localhost:9092");
    }
  }

  /**
   * What Kafka's clients expect of one of their properties in place of that value, if they would not take it. What stands in
   * the environment is known where a client is made, and so is a class, which may be on a cluster and not here.
   */
  public static Optional<String> objection(String property, String value) {
    return CLIENTS.stream()
        .map(client -> client.configKeys().get(property))
        .filter(key -> key != null && key.type != Type.CLASS && !Secrets.refers(value))
        .flatMap(key -> objection(key, value).stream())
        .findFirst();
  }

  private static Optional<String> objection(ConfigKey key, String value) {
    try {
      Object read = ConfigDef.parseType(key.name, value, key.type);
      if (key.validator != null) {
        key.validator.ensureValid(key.name, read);
      }
      return Optional.empty();
    } catch (ConfigException refused) {
      String again = "(?s)Invalid value .* for configuration %s: ";
      return Optional.of(
          refused.getMessage().replaceFirst(again.formatted(Pattern.quote(key.name)), ""));
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
