package io.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.KafkaSettings;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.job.EmbeddedFlink;
import io.sluice.job.JobEnvironment;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** A broker with its topics, and Flink for one job at a time, all in this process. */
final class Stand implements AutoCloseable {
  static final int PARTITIONS = 4;
  static final long START = 1_700_000_000_000L;
  static final long MINUTE = 60_000;
  private static final Map<String, String> FOR_EVER =
      Map.of("retention.ms", "-1", "segment.ms", "2147483647000");

  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final Path scratch = Files.createTempDirectory("sluice-bench");
  private final Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
  private int jobs;

  Stand() throws IOException {
    broker.topic("verdicts", PARTITIONS);
    for (String topic : List.of("late", "dead-letters")) {
      broker.topic(topic, 1);
    }
  }

  /** Settings of a job with forecasts of its own and weights of its own, among which an LSTM lies ready. */
  Settings settings(String readings, int parallelism, String delivery) {
    return settings(readings, parallelism, delivery, "0");
  }

  /** @param handover within which series go over to new weights */
  Settings settings(String readings, int parallelism, String delivery, String handover) {
    Settings settings = Settings.parse(yaml(readings, parallelism, delivery, handover));
    publish(settings, 1, 0);
    return settings;
  }

  /** The same as text, to which sections may be added; its weights topic is empty. */
  String yaml(String readings, int parallelism, String delivery, String handover) {
    String name = "bench-" + jobs++;
    broker.topic(name + "-weights", 1, Map.of("cleanup.policy", "compact"));
    broker.topic(name + "-forecasts", PARTITIONS);
    return """
        kafka: {bootstrap: "%s"}
        readings: {topic: %s, values: {value: value}}
        forecasts: {topic: %s-forecasts, form: single-object}
        weights: {topic: %s-weights, handover: %s}
        job: {name: %s, parallelism: %d, delivery: %s, checkpointInterval: 5s, checkpoints: "%s"}
        """
        .formatted(
            broker.bootstrap(),
            readings,
            name,
            name,
            handover,
            name,
            parallelism,
            delivery,
            scratch.resolve(name).toUri());
  }

  static void publish(Settings settings, long version, long activeFrom) {
    new WeightsStore(settings.kafka(), settings.weights())
        .publish(RandomWeights.lstm(settings.plan(), version).promoted(activeFrom, ""));
  }

  /** A topic for readings; its name. */
  String topic(String name) {
    broker.topic(name, PARTITIONS, FOR_EVER);
    return name;
  }

  /** Readings of so many series in turn, each a minute after its last. */
  void write(String topic, int series, long readings) {
    write(topic, series, 0, readings);
  }

  /** Of such readings those from one number on, to another. */
  void write(String topic, int series, long from, long to) {
    try (TopicWriter writer = writer(topic, Map.of())) {
      for (long n = from; n < to; n++) {
        write(writer, n, series, START + n / series * MINUTE);
      }
      writer.flush();
    }
  }

  TopicWriter writer(String topic, Map<String, String> properties) {
    return TopicWriter.open(new KafkaSettings(broker.bootstrap(), properties), topic);
  }

  static void write(TopicWriter writer, long n, int series, long time) {
    int which = (int) (n % series);
    double value = 20 + Math.rint(100 * Math.sin(n / series * 0.26 + which)) / 100;
    byte[] json = ("{\"value\":" + value + "}").getBytes(UTF_8);
    writer.write(Integer.toString(which).getBytes(UTF_8), json, time);
  }

  EmbeddedFlink flink(Settings settings) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.TMP_DIRS, scratch.resolve("flink").toString());
    return EmbeddedFlink.start(settings.job(), "0", configuration);
  }

  static EmbeddedFlink.Run start(EmbeddedFlink flink, Contender contender, Settings settings)
      throws Exception {
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
    contender.wire(env, settings);
    return flink.start(env, settings.job().name());
  }

  /** How many forecasts have reached the broker, committed or not. */
  long forecasts(Settings settings) throws ExecutionException, InterruptedException {
    String topic = settings.rows().topics().forecasts();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    return admin.listOffsets(latest).all().get().values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  @Override
  public void close() throws IOException {
    admin.close();
    broker.close();
    try (Stream<Path> files = Files.walk(scratch)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
