package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Broker, JobManager, TaskManagers and the submission: all processes of their own, as in production.
 *
 * <p>Each run has topics of its own and the same readings, and is compared with a run that nothing disturbed.
 */
class ForecastsOnAClusterIT {
  private static final int SERIES = 200;
  private static final int MINUTES = 120;
  private static final int READINGS = SERIES * MINUTES;
  private static final int PATIENCE_SECONDS = 240;
  private static final String WIDE =
      "{name: RUN, parallelism: 4, backend: heap, checkpointInterval: 1s}";
  private static final String NARROW =
      "{name: RUN, parallelism: 2, backend: rocksdb, checkpointInterval: 1s}";

  private static final Path DIRECTORY = Checkout.deploy("target/forecasts-on-a-cluster");
  private static BrokerProcess broker;
  private static StandaloneCluster cluster;
  private static Rows calm;

  @BeforeAll
  static void start() throws Exception {
    Checkout.delete(DIRECTORY);
    Checkout.isBuilt();
    broker = BrokerProcess.start(DIRECTORY.resolve("broker"));
    cluster = StandaloneCluster.start(DIRECTORY.resolve("cluster"));
    topics(Stream.of("weights", "late", "dead-letters"));
    calm = calmRun();
  }

  @AfterAll
  static void stop() {
    try {
      if (cluster != null) {
        cluster.close();
      }
    } finally {
      if (broker != null) {
        broker.close();
      }
    }
  }

  private static Rows calmRun() throws Exception {
    Fleet fleet = fleet("calm");
    fleet.send(0, MINUTES);
    String job = submit("calm", NARROW);
    awaitForecasts("calm", READINGS);
    assertThat(cluster.restores(job)).isZero();
    cancel(job);
    return rows("calm");
  }

  @Test
  void aKilledTaskManagerLosesNoRowAndDoublesNone() throws Exception {
    Fleet fleet = fleet("killed");
    fleet.send(0, MINUTES / 2);
    String job = submit("killed", NARROW);
    awaitForecasts("killed", READINGS / 4);
    fleet.send(MINUTES / 2, 3 * MINUTES / 4);
    cluster.kill(cluster.busyTaskManagers().get(0));
    fleet.send(3 * MINUTES / 4, MINUTES);
    awaitForecasts("killed", READINGS);
    assertThat(cluster.restores(job)).as("restores from a checkpoint").isPositive();
    cancel(job);
    cluster.script("add");

    assertThat(rows("killed")).isEqualTo(calm);
  }

  @Test
  void aSavepointGoesOnWithMoreSubtasksOnAnotherBackend() throws Exception {
    Fleet fleet = fleet("moved");
    fleet.send(0, MINUTES / 2);
    String narrow = submit("moved", NARROW);
    awaitForecasts("moved", READINGS / 4);
    fleet.send(MINUTES / 2, MINUTES);
    String said = cluster.script("flink", "stop", "--type", "canonical", narrow);
    String savepoint = said.replaceFirst("(?s).*Path: (\\S+).*", "$1");
    String wide = submit("moved", WIDE, "--from", savepoint);
    awaitForecasts("moved", READINGS);
    cancel(wide);

    assertThat(rows("moved")).isEqualTo(calm);
  }

  @Test
  void aSavepointThatCtrlCLeftIsTakenUpByAClusterHoweverOldItIs() throws Exception {
    int seconds = 24;
    String brief =
        "{name: RUN, parallelism: 2, checkpointInterval: 1s, transactionTimeout: %ds, checkpoints: %s}"
            .formatted(seconds, DIRECTORY.resolve("carried-checkpoints"));
    Fleet fleet = fleet("carried");
    fleet.send(0, MINUTES / 2);
    try (Child here = forecast("carried", brief, "--web", "0")) {
      awaitForecasts("carried", READINGS / 4);
      here.end();
      assertThat(here.exitCode(PATIENCE_SECONDS)).as(here.output()).isZero();
    }
    Instant old = Instant.now().plusSeconds(seconds);
    fleet.send(MINUTES / 2, MINUTES);
    Await.until(
        "time is up", PATIENCE_SECONDS, () -> Optional.of(old).filter(Instant.now()::isAfter));
    String there = submit("carried", brief);
    awaitForecasts("carried", READINGS);
    cancel(there);

    assertThat(rows("carried")).isEqualTo(calm);
  }

  @Test
  void retrainingLearnsWithTheLibrariesThatLieBesideTheJar() throws Exception {
    topics(Stream.of("learnt-weights"));
    fleet("learnt").send(0, MINUTES);
    Path settings = DIRECTORY.resolve("learnt.yaml");
    String small =
        """
        weights: {topic: RUN-weights}
        model: {warmup: 8, hidden: 8}
        retrain: {every: 1h, history: 64, steps: 16, burnIn: 4, windows: 64, meetings: 2}
        """;
    Files.writeString(settings, (settings(NARROW) + small).replace("RUN", "learnt"));
    String job = submit("retrain", settings);
    Settings read = Settings.read(settings);
    Release release = release(read, 1);
    cancel(job);

    assertThat(release.provenance().windows()).isPositive();
    assertThat(release.edition().reason()).contains("later readings");

    int before = releases(read).size();
    submit("retrain", settings, "--from", "earliest");
    Release whole = release(read, before + 1);
    Await.until(
        "the job has ended",
        PATIENCE_SECONDS,
        () -> cluster.runningJobs().isEmpty() ? Optional.of(whole) : Optional.empty());
    assertThat(whole.provenance().to()).isGreaterThan(release.provenance().to());
  }

  private static Release release(Settings settings, int number) {
    return Await.until(
        "release " + number,
        PATIENCE_SECONDS,
        () -> releases(settings).stream().skip(number - 1).findFirst());
  }

  private static List<Release> releases(Settings settings) {
    return new WeightsStore(settings.kafka(), settings.weights()).contents().releases();
  }

  private static Fleet fleet(String run) throws Exception {
    topics(Stream.of("readings", "forecasts", "verdicts").map(each -> run + "-" + each));
    return new Fleet(broker.bootstrap(), run + "-readings", SERIES);
  }

  /** Submits as a person does, and returns the id of the job once it runs. */
  private static String submit(String run, String job, String... more) throws IOException {
    return submit("forecast", written(run, job), more);
  }

  /** In a process of its own, as a person at a terminal does. */
  private static Child forecast(String run, String job, String... more) throws IOException {
    Path output = DIRECTORY.resolve(run + ".here.out");
    return Child.start(output, Map.of(), command("forecast", written(run, job), more));
  }

  private static Path written(String run, String job) throws IOException {
    return Files.writeString(DIRECTORY.resolve(run + ".yaml"), settings(job).replace("RUN", run));
  }

  private static List<String> command(String word, Path settings, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Checkout.root().resolve("sluice").toString());
    command.addAll(List.of(word, "--config", settings.toString()));
    command.addAll(List.of(more));
    return command;
  }

  private static String submit(String word, Path settings, String... more) {
    List<String> command = command(word, settings, more);
    command.addAll(List.of("--cluster", cluster.address()));
    Child.run(Path.of(settings + ".out"), PATIENCE_SECONDS, command);
    return Await.until(
        "the job runs", PATIENCE_SECONDS, () -> cluster.runningJobs().stream().findFirst());
  }

  private static String settings(String job) {
    return """
        kafka: {bootstrap: "%s"}
        readings: {topic: RUN-readings, series: sensor, time: at, values: {celsius: celsius}}
        forecasts: {topic: RUN-forecasts}
        verdicts: {topic: RUN-verdicts}
        job: %s
        """
        .formatted(broker.bootstrap(), job);
  }

  private static void cancel(String job) {
    cluster.cancel(job);
    Await.until(
        "the job is gone",
        PATIENCE_SECONDS,
        () -> cluster.runningJobs().isEmpty() ? Optional.of(job) : Optional.empty());
  }

  private static void awaitForecasts(String run, int count) {
    try (CommittedRows forecasts = new CommittedRows(broker.bootstrap(), run + "-forecasts")) {
      forecasts.await(count, PATIENCE_SECONDS);
    }
  }

  /** Everything that is committed, one forecast a reading; the job must be gone. */
  private static Rows rows(String run) {
    Rows rows = new Rows(committed(run + "-forecasts"), committed(run + "-verdicts"));
    assertThat(rows.forecasts()).hasSize(READINGS);
    return rows;
  }

  private static Map<String, String> committed(String topic) {
    try (CommittedRows rows = new CommittedRows(broker.bootstrap(), topic)) {
      rows.toTheEnd();
      assertThat(rows.doubled()).as(topic + ": doubled rows").isEmpty();
      return rows.rows();
    }
  }

  private static void topics(Stream<String> names) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      List<NewTopic> topics = names.map(each -> new NewTopic(each, 4, (short) 1)).toList();
      admin.createTopics(topics).all().get();
    }
  }

  /** By series and time, as they were written. */
  private record Rows(Map<String, String> forecasts, Map<String, String> verdicts) {}
}
