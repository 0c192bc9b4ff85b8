package io.sluice.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Examples;
import io.sluice.connectors.Original;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.mapping.Mapping;
import io.sluice.connectors.wire.Wire;
import io.sluice.forecast.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, SCRAM-SHA-512 and access lists, by nothing but the properties that are passed through. */
class SecuredBrokerTest {
  private static final String LOGIN =
      "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";";
  private static final String SECRET = "${SLUICE_TEST_PASSWORD}";

  private static final Duration FIFTEEN_MINUTES = Duration.ofMinutes(15);

  @TempDir static Path folder;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws Exception {
    certify();
    Map<String, String> secured = new HashMap<>();
    secured.put("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT");
    secured.put("ssl.keystore.location", folder.resolve("broker.p12").toString());
    secured.put("ssl.keystore.password", "changeit");
    secured.put("ssl.truststore.type", "PEM");
    secured.put("ssl.truststore.location", folder.resolve("ca.pem").toString());
    secured.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    secured.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
    secured.put(
        "listener.name.clients.scram-sha-512.sasl.jaas.config",
        LOGIN.formatted("admin", "open sesame"));
    secured.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    secured.put("super.users", "User:admin;User:ANONYMOUS");
    broker = EmbeddedBroker.start(secured, List.of(scram("admin"), scram("sluice")));
    try (Admin admin = Admin.create(as("admin", SECRET).client())) {
      List<NewTopic> topics = new ArrayList<>();
      for (String topic :
          List.of("readings", "jobs-readings", "forecasts", "verdicts", "late", "dead-letters")) {
        topics.add(new NewTopic(topic, 1, (short) 1));
      }
      admin.createTopics(topics).all().get();
      permit(
          admin,
          allow("readings", AclOperation.READ),
          allow("readings", AclOperation.WRITE),
          allow("jobs-readings", AclOperation.READ),
          allow("jobs-readings", AclOperation.WRITE),
          allow("forecasts", AclOperation.DESCRIBE));
    }
  }

  /** The controller has said yes a moment before the broker has heard of it. */
  private static void permit(Admin admin, AclBinding... allowed) throws Exception {
    admin.createAcls(List.of(allowed)).all().get();
    Collection<AclBinding> heard = List.of();
    for (int asked = 0; asked < 10_000 && !heard.containsAll(List.of(allowed)); asked++) {
      heard = admin.describeAcls(AclBindingFilter.ANY).values().get();
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static String scram(String user) {
    return "SCRAM-SHA-512=[name=%s,password=open sesame]".formatted(user);
  }

  private static AclBinding allow(String topic, AclOperation operation) {
    return allow(ResourceType.TOPIC, topic, operation);
  }

  private static AclBinding allow(ResourceType type, String name, AclOperation operation) {
    boolean topic = type == ResourceType.TOPIC;
    return new AclBinding(
        new ResourcePattern(type, name, topic ? PatternType.LITERAL : PatternType.PREFIXED),
        new AccessControlEntry("User:sluice", "*", operation, AclPermissionType.ALLOW));
  }

  private static void certify() throws Exception {
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=broker", "-ext", "SAN=IP:127.0.0.1");
    keytool("-exportcert", "-rfc", "-file", folder.resolve("ca.pem").toString());
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-alias", "broker",
            "-keystore", folder.resolve("broker.p12").toString(),
            "-storepass", "changeit"));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static KafkaSettings as(String user, String password) {
    return new KafkaSettings(
        broker.bootstrap(),
        Map.of(
            "security.protocol", "SASL_SSL",
            "ssl.truststore.type", "PEM",
            "ssl.truststore.location", folder.resolve("ca.pem").toString(),
            "sasl.mechanism", "SCRAM-SHA-512",
            "sasl.jaas.config", LOGIN.formatted(user, password)));
  }

  @Test
  void whoKnowsTheSecretReadsAndWrites() throws IOException {
    KafkaSettings sluice = as("sluice", SECRET);
    try (TopicWriter writer = TopicWriter.open(sluice, "readings")) {
      byte[] reading = Wire.JSON.readings("readings").encode(new Reading("a", 1, 2));
      writer.write("a".getBytes(UTF_8), reading, System.currentTimeMillis());
      writer.flush();
    }
    List<String> keys = new ArrayList<>();
    TopicReader.readAll(
        sluice, "readings", original -> keys.add(new String(original.key().get(), UTF_8)));

    assertThat(keys).containsExactly("a");
  }

  @Test
  void whoMayNotReadATopicLearnsThatItWasNotRead() {
    List<Original> seen = new ArrayList<>();

    assertThat(TopicReader.readIfThere(as("sluice", SECRET), "late", seen::add)).isFalse();
    assertThat(TopicReader.readIfThere(as("admin", SECRET), "late", seen::add)).isTrue();
    assertThat(TopicReader.readIfThere(as("admin", SECRET), "nowhere", seen::add)).isFalse();
    assertThat(seen).isEmpty();
  }

  @Test
  void aJobFillsTheSecretInWhereItRuns() throws Exception {
    KafkaSettings sluice = as("sluice", SECRET);
    try (TopicWriter writer = TopicWriter.open(sluice, "jobs-readings")) {
      byte[] reading = Wire.JSON.readings("jobs-readings").encode(new Reading("b", 1, 2));
      writer.write("b".getBytes(UTF_8), reading, System.currentTimeMillis());
      writer.flush();
    }
    ReadingsSettings readings =
        new ReadingsSettings("jobs-readings", "g", Start.EARLIEST, Mapping.own(1, 0));

    assertThat(sluice.job().toString()).doesNotContain("open sesame");
    assertThat(
            StreamExecutionEnvironment.getExecutionEnvironment()
                .fromSource(
                    ReadingsSource.bounded(sluice, readings),
                    WatermarkStrategy.noWatermarks(),
                    "readings")
                .executeAndCollect(10))
        .singleElement()
        .isInstanceOf(Arrival.Decoded.class);
  }

  @Test
  void whoDoesNotIsTurnedAway() {
    assertThatThrownBy(() -> TopicReader.open(as("sluice", "guess"), "readings"))
        .isInstanceOf(SaslAuthenticationException.class);
  }

  @Test
  void theDryRunTellsWhatIsNotPermitted() {
    List<Finding> findings =
        BrokerCheck.run(as("sluice", SECRET), ends("g", Delivery.EXACTLY_ONCE));

    assertThat(findings)
        .extracting(Finding::what)
        .contains(
            "topic \"readings\" has 1 partitions, 1 copies",
            "topic \"forecasts\" does not permit us to WRITE",
            "group \"g\" does not permit us to look at it",
            "transactional id \"sluice-check\" does not permit us to look at it",
            "topic \"verdicts\" does not permit us to look at it",
            "retraining would fail: group \"g-retrain\" does not permit us to look at it",
            "retraining would fail: transactional id \"sluice-weights-of-g\" does not permit us to look at it")
        .noneMatch(what -> what.contains("open sesame"));
  }

  @Test
  void theDryRunFindsNothingWrongWithAGroupAndTransactionsThatArePermitted() throws Exception {
    try (Admin admin = Admin.create(as("admin", SECRET).client())) {
      permit(
          admin,
          allow(ResourceType.GROUP, "permitted", AclOperation.READ),
          allow(ResourceType.TRANSACTIONAL_ID, "permitted", AclOperation.WRITE),
          allow(ResourceType.TRANSACTIONAL_ID, "sluice-weights-of-permitted", AclOperation.WRITE),
          allow(ResourceType.TRANSACTIONAL_ID, "sluice-weights-check", AclOperation.WRITE));
    }
    Delivery delivery = new Delivery(Delivery.Promise.EXACTLY_ONCE, "permitted", FIFTEEN_MINUTES);
    List<Finding> findings = BrokerCheck.run(as("sluice", SECRET), ends("permitted", delivery));

    assertThat(findings)
        .extracting(Finding::what)
        .noneMatch(what -> what.contains("group") || what.contains("transactional"));
  }

  private static BrokerCheck.Ends ends(String group, Delivery delivery) {
    return new BrokerCheck.Ends(
        new ReadingsSettings("readings", group, Start.EARLIEST, Mapping.own(1, 0)),
        new RowsSettings(RowsSettings.Topics.DEFAULT, Wire.JSON, Examples.LABELS, delivery),
        new WeightsSettings(group, 512 << 10, 64 << 20),
        "");
  }

  @Test
  void noSecretIsEverPrinted() {
    KafkaSettings literal = as("sluice", "open sesame");

    assertThat(literal.toString()).contains("SASL_SSL").doesNotContain("open sesame");
    assertThat(as("sluice", SECRET).toString()).doesNotContain("open sesame");
    assertThat(as("sluice", SECRET).client().getProperty("sasl.jaas.config"))
        .contains("password=\"open sesame\"");
  }

  @Test
  void aVariableThatIsNotSetIsNamed() {
    KafkaSettings unset = new KafkaSettings("b:1", Map.of("x", "${SLUICE_NOT_SET}"));
    assertThatThrownBy(unset::client)
        .hasMessageContaining("SLUICE_NOT_SET, which the settings ask for, is not set");
  }
}
