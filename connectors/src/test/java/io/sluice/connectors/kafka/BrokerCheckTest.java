package io.sluice.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connectors.Examples;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.mapping.Mapping;
import io.sluice.connectors.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerCheckTest {
  private static final EmbeddedBroker BROKER = SharedBroker.get();
  private static final KafkaSettings KAFKA = new KafkaSettings(BROKER.bootstrap(), Map.of());

  private static List<Finding> check(KafkaSettings kafka, String prefix, Duration timeout) {
    RowsSettings.Topics topics =
        new RowsSettings.Topics(
            prefix + "forecasts", prefix + "verdicts", prefix + "late", prefix + "dead");
    Delivery delivery = new Delivery(Delivery.Promise.EXACTLY_ONCE, "check", timeout);
    return BrokerCheck.run(
        kafka,
        new BrokerCheck.Ends(
            new ReadingsSettings(prefix + "readings", "g", Start.EARLIEST, Mapping.own(1, 0)),
            new RowsSettings(topics, Wire.JSON, Examples.LABELS, delivery),
            new WeightsSettings(prefix + "weights", 512 << 10, 64 << 20),
            prefix + "feedback"));
  }

  private static List<String> problems(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.level() != Finding.Level.FINE)
        .map(Finding::what)
        .toList();
  }

  @Test
  void findsNothingWrongWhereAllIsRight() {
    for (String topic : List.of("readings", "forecasts", "verdicts", "late", "dead", "feedback")) {
      BROKER.topic("right-" + topic, 3);
    }
    BROKER.topic("right-weights", 1, Map.of("cleanup.policy", "compact"));
    List<Finding> findings = check(KAFKA, "right-", Duration.ofMinutes(15));

    assertThat(problems(findings)).isEmpty();
    assertThat(findings)
        .extracting(Finding::what)
        .contains("topic \"right-readings\" has 3 partitions, 1 copies");
  }

  @Test
  void saysWhatIsWrongInALineEach() {
    BROKER.topic("wrong-readings", 1);
    BROKER.topic("wrong-forecasts", 1, Map.of("cleanup.policy", "compact"));
    BROKER.topic("wrong-late", 1, Map.of("max.message.bytes", "1000"));
    BROKER.topic("wrong-dead", 1);
    BROKER.topic("wrong-weights", 1, Map.of("max.message.bytes", "1000"));

    assertThat(problems(check(KAFKA, "wrong-", Duration.ofHours(1))))
        .containsExactlyInAnyOrder(
            "topic \"wrong-forecasts\" has cleanup.policy=compact and would forget rows, expected delete",
            "topic \"wrong-verdicts\" does not exist; deploy/topics.sh makes all that Sluice needs",
            "topic \"wrong-feedback\" does not exist; deploy/topics.sh makes all that Sluice needs",
            "topic \"wrong-late\" takes messages of 1000 bytes, ours have up to "
                + "1010344: raise max.message.bytes",
            "topic \"wrong-weights\" has cleanup.policy=delete and would forget weights, expected compact",
            "topic \"wrong-weights\" takes messages of 1000 bytes, ours have up to "
                + "528384: raise max.message.bytes",
            "the transaction time-out is 3600000 ms, the brokers' transaction.max.timeout.ms is 900000"
                + ": lower job.transactionTimeout or raise theirs");
  }

  @Test
  void aTopicOrAProducerThatIsTooNarrowForTheLongestForecastIsNamed() {
    BROKER.topic("narrow-forecasts", 1, Map.of("max.message.bytes", "5000"));
    List<Finding> findings =
        check(
            new KafkaSettings(BROKER.bootstrap(), Map.of("max.request.size", "4000")),
            "narrow-",
            Duration.ofMinutes(15));

    assertThat(problems(findings))
        .anyMatch(
            problem ->
                problem.startsWith(
                    "topic \"narrow-forecasts\" takes messages of 5000 bytes, ours have up to "))
        .anyMatch(
            problem ->
                problem.endsWith("max.request.size of 4000 bytes: set it in kafka.properties"));
  }

  @Test
  void propertiesThatDoNotGoTogetherAreToldAsTheirClientTellsThem() {
    Map<String, String> contradiction = Map.of("enable.idempotence", "false");
    KafkaSettings kafka = new KafkaSettings(BROKER.bootstrap(), contradiction);

    assertThat(problems(check(kafka, "right-", Duration.ofMinutes(15))))
        .contains(
            "kafka.properties: ConfigException: Cannot set a transactional.id without also enabling idempotence.");
    assertThat(
            problems(
                check(
                    new KafkaSettings(BROKER.bootstrap(), Map.of()),
                    "right-",
                    Duration.ofMinutes(15))))
        .noneMatch(problem -> problem.startsWith("kafka.properties"));
  }

  @Test
  void aBrokerThatIsAwayIsOneLine() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    KafkaSettings away =
        new KafkaSettings(
            "127.0.0.1:" + port,
            Map.of("default.api.timeout.ms", "500", "request.timeout.ms", "500"));

    assertThat(problems(check(away, "", Duration.ofMinutes(1))))
        .singleElement()
        .asString()
        .startsWith("127.0.0.1:" + port + " does not answer: ");
  }

  @Test
  void aVariableThatIsNotSetIsOneLineWithoutAnyClassName() {
    KafkaSettings unset = new KafkaSettings(BROKER.bootstrap(), Map.of("client.id", "${NO_SUCH}"));

    assertThat(problems(check(unset, "", Duration.ofMinutes(1))))
        .containsExactly(
            "the environment variable NO_SUCH, which the settings ask for, is not set: export it where this runs");
  }

  @Test
  void anAddressThatIsNoneIsOneLine() {
    KafkaSettings nowhere = new KafkaSettings("nowhere", Map.of());

    assertThat(problems(check(nowhere, "", Duration.ofMinutes(1))))
        .singleElement()
        .asString()
        .startsWith("kafka at nowhere: ConfigException: ");
  }
}
