package io.sluice.connectors.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Examples;
import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.connectors.Unreadable;
import io.sluice.connectors.kafka.BrokerCheck;
import io.sluice.connectors.kafka.Delivery;
import io.sluice.connectors.kafka.KafkaSettings;
import io.sluice.connectors.kafka.ReadingsSettings;
import io.sluice.connectors.kafka.RowsSettings;
import io.sluice.connectors.kafka.Start;
import io.sluice.connectors.kafka.WeightsSettings;
import io.sluice.connectors.mapping.Format;
import io.sluice.connectors.mapping.Mapping;
import io.sluice.connectors.mapping.ReadingDecoder;
import io.sluice.forecast.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SchemaRegistryTest {
  private static Registry registry;
  private static RegistrySettings settings;

  @BeforeAll
  static void start() throws IOException {
    registry = Registry.start();
    settings = RegistrySettings.at(registry.url());
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  private static byte[] sent(Reading reading) throws IOException {
    return new Wire(WireForm.CONFLUENT, settings).readings("readings").encode(reading);
  }

  private static Arrival decode(RegistrySettings at, byte[] bytes) throws IOException {
    Original message =
        new Original("readings", 0, 0, 5, Optional.empty(), Optional.of(bytes), List.of());
    return ReadingDecoder.of(Format.confluent(at), Mapping.own(2, 0)).decode(message);
  }

  @Test
  void theDryRunSaysWhatTheRegistryHasWhatItWouldTakeAndWhatItRefuses() throws IOException {
    SchemaRegistry client = new SchemaRegistry(settings);
    client.register("dry-readings-value", Contract.READING.schema());
    client.register("dry-forecasts-value", Contract.FORECAST.schema());
    client.register("dry-late-value", SchemaBuilder.builder().stringType());
    registry.demand("BACKWARD");

    assertThat(dryRun(settings))
        .contains(
            "FINE registry: \"dry-readings-value\" has the schema of readings",
            "FINE registry: \"dry-forecasts-value\" takes our schema",
            "FINE registry: there is no \"dry-verdicts-value\" yet, the job registers our schema")
        .anyMatch(said -> said.startsWith("PROBLEM registry: subject \"dry-late-value\": "));
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(dryRun(RegistrySettings.at("http://127.0.0.1:" + port)))
        .contains(
            "PROBLEM the registry http://127.0.0.1:%d does not answer: connection refused: is registry.url right, and may this machine reach it?"
                .formatted(port));
  }

  /** Of jobs that read and write in Confluent's form; there is no broker. */
  private static List<String> dryRun(RegistrySettings at) {
    RowsSettings.Topics topics =
        new RowsSettings.Topics("dry-forecasts", "dry-verdicts", "dry-late", "dry-dead");
    Wire wire = new Wire(WireForm.CONFLUENT, at);
    RowsSettings rows = new RowsSettings(topics, wire, Examples.LABELS, Delivery.AT_LEAST_ONCE);
    ReadingsSettings readings =
        new ReadingsSettings(
            "dry-readings", "g", Start.EARLIEST, Format.confluent(at), Mapping.own(1, 0));
    Map<String, String> brief =
        Map.of("default.api.timeout.ms", "100", "request.timeout.ms", "100");
    return BrokerCheck.run(
            new KafkaSettings("127.0.0.1:1", brief),
            new BrokerCheck.Ends(readings, rows, WeightsSettings.DEFAULT, ""))
        .stream()
        .map(finding -> finding.level() + " " + finding.what())
        .toList();
  }

  @Test
  void aReadingIsReadByTheSchemaThatItsIdNames() throws IOException {
    byte[] bytes = sent(new Reading("a", 7, 1.5, Double.NaN));

    assertThat(bytes[0]).isZero();
    assertThat(decode(settings, bytes))
        .isInstanceOfSatisfying(
            Arrival.Decoded.class,
            decoded -> {
              assertThat(decoded.reading().series()).isEqualTo("a");
              assertThat(decoded.reading().values()).containsExactly(1.5, Double.NaN);
            });
  }

  @Test
  void rowsCarryTheIdsOfTheirContracts() throws Exception {
    Map<String, Contract> topics =
        Map.of("f", Contract.FORECAST, "v", Contract.VERDICT, "d", Contract.DEAD_LETTER);
    RowEncoder encoder = new Wire(WireForm.CONFLUENT, settings).encoder(Examples.LABELS, topics);
    byte[] confluent = encoder.encode(new Row.Judged(Examples.verdict("a")));
    byte[] single =
        Wire.SINGLE_OBJECT
            .encoder(Examples.LABELS, topics)
            .encode(new Row.Judged(Examples.verdict("a")));

    int id = ByteBuffer.wrap(confluent).getInt(1);
    assertThat(new SchemaRegistry(settings).schema(id)).isEqualTo(Contract.VERDICT.schema());
    assertThat(Arrays.copyOfRange(confluent, 5, confluent.length))
        .isEqualTo(Arrays.copyOfRange(single, 10, single.length));
  }

  @Test
  void registeringTwiceGivesTheSameId() throws IOException {
    SchemaRegistry client = new SchemaRegistry(settings);
    int id = client.register("twice-value", Contract.READING.schema());

    assertThat(client.register("twice-value", Contract.READING.schema())).isEqualTo(id);
  }

  @Test
  void saysWhichSchemaMayNotFollow() throws IOException {
    SchemaRegistry client = new SchemaRegistry(settings);
    Schema other =
        SchemaBuilder.record("Reading")
            .namespace("io.sluice")
            .fields()
            .requiredInt("more")
            .endRecord();
    client.register("strict-value", Contract.READING.schema());
    registry.demand("BACKWARD");

    assertThat(client.incompatibility("strict-value", Contract.READING.schema())).isEmpty();
    assertThat(client.incompatibility("never-seen-value", other)).isEmpty();
    assertThat(client.incompatibility("strict-value", other)).isPresent();
    assertThatThrownBy(() -> client.register("strict-value", other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refuses the schema of \"strict-value\"");
  }

  @Test
  void anIdThatNobodyRegisteredIsTheMessagesFault() throws IOException {
    byte[] bytes = sent(new Reading("a", 7, 1, 2));
    ByteBuffer.wrap(bytes).putInt(1, 123_456);

    assertThat(decode(settings, bytes))
        .isInstanceOfSatisfying(
            Arrival.Rejected.class,
            rejected -> assertThat(rejected.reason()).contains("no schema with the id 123456"));
  }

  @Test
  void aRegistryThatIsAwayIsNotTheMessagesFault() throws IOException {
    byte[] bytes = sent(new Reading("a", 7, 1, 2));
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RegistrySettings away =
          new RegistrySettings(
              "http://127.0.0.1:" + silent.getLocalPort(), "", "", Duration.ofMillis(300));

      assertThatThrownBy(() -> decode(away, bytes))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("did not answer within PT0.3S");
      assertThatThrownBy(() -> new Wire(WireForm.CONFLUENT, away).readings("readings"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(away.url());
    }
  }

  @Test
  void aRegistryThatBeginsToAnswerAndStopsIsAwayToo() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Socket> taken = answering(server, "200 OK\r\nContent-Length: 99\r\n\r\n{");
      SchemaRegistry client = new SchemaRegistry(at(server));

      assertThatThrownBy(() -> client.schema(7))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("did not answer within PT0.3S");
      taken.get().close();
    }
  }

  @Test
  void anotherWebPageIsNotARegistryThatKnowsNoSuchSchema() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Socket> taken =
          answering(server, "404 Not Found\r\nContent-Length: 0\r\n\r\n");

      RegistrySettings patient = RegistrySettings.at("http://127.0.0.1:" + server.getLocalPort());
      assertThatThrownBy(() -> new SchemaRegistry(patient).schema(7))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("answered 404");
      taken.get().close();
    }
  }

  private static RegistrySettings at(ServerSocket server) {
    return new RegistrySettings(
        "http://127.0.0.1:" + server.getLocalPort(), "", "", Duration.ofMillis(300));
  }

  /** Says that to the first who asks, and no more; the connection stays. */
  private static CompletableFuture<Socket> answering(ServerSocket server, String answer) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            Socket socket = server.accept();
            socket.getOutputStream().write(("HTTP/1.1 " + answer).getBytes(UTF_8));
            return socket;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void asksForASchemaOnce() throws IOException, Unreadable {
    SchemaRegistry client;
    int id;
    try (Registry shortLived = Registry.start()) {
      client = new SchemaRegistry(RegistrySettings.at(shortLived.url()));
      id = client.register("once-value", Contract.READING.schema());
      client.schema(id);
    }
    assertThat(client.schema(id)).isEqualTo(Contract.READING.schema());
  }

  @Test
  void thePasswordIsNeverPrinted() {
    RegistrySettings secret =
        new RegistrySettings("http://r", "me", "hunter2", Duration.ofSeconds(1));
    assertThat(secret.toString()).contains("me").doesNotContain("hunter2");
    assertThatThrownBy(() -> RegistrySettings.at("http://me:hunter2@r"))
        .hasMessageContaining("registry.password")
        .message()
        .doesNotContain("hunter2");
  }
}
