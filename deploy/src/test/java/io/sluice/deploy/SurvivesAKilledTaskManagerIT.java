package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Broker, JobManager, TaskManagers and the submission: all processes of their own, as in production. */
class SurvivesAKilledTaskManagerIT {
  private static final int SERIES = 200;
  private static final int MINUTES = 120;
  private static final int READINGS = SERIES * MINUTES;
  private static final int PATIENCE_SECONDS = 240;

  private final Path directory = Checkout.deploy("target/killed-taskmanager");
  private BrokerProcess broker;
  private StandaloneCluster cluster;

  @BeforeEach
  void start() throws Exception {
    Checkout.delete(directory);
    Checkout.isBuilt();
    broker = BrokerProcess.start(directory.resolve("broker"));
    cluster = StandaloneCluster.start(directory.resolve("cluster"));
  }

  @AfterEach
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void noForecastIsLostOrDoubledAndEachIsThatOfAnUndisturbedRun() throws Exception {
    topics("readings", "weights", "late", "dead-letters");
    topics("disturbed-forecasts", "disturbed-verdicts", "calm-forecasts", "calm-verdicts");
    Rows disturbed = disturbedRun();
    Rows calm = calmRun();

    assertThat(disturbed.forecasts()).hasSize(READINGS).isEqualTo(calm.forecasts());
    assertThat(disturbed.verdicts()).isEqualTo(calm.verdicts());
  }

  private Rows disturbedRun() throws Exception {
    Fleet fleet = new Fleet(broker.bootstrap(), "readings", SERIES);
    fleet.send(0, MINUTES / 2);
    try (Child submission = submit("disturbed");
        CommittedRows forecasts = new CommittedRows(broker.bootstrap(), "disturbed-forecasts")) {
      String job = runningJob(submission);
      forecasts.await(READINGS / 4, PATIENCE_SECONDS);
      fleet.send(MINUTES / 2, 3 * MINUTES / 4);
      cluster.kill(cluster.busyTaskManagers().get(0));
      fleet.send(3 * MINUTES / 4, MINUTES);
      forecasts.await(READINGS, PATIENCE_SECONDS);
      assertThat(cluster.restores(job)).as("restores from a checkpoint").isPositive();
      return ended(job, "disturbed");
    }
  }

  private Rows calmRun() throws Exception {
    cluster.script("add");
    try (Child submission = submit("calm");
        CommittedRows forecasts = new CommittedRows(broker.bootstrap(), "calm-forecasts")) {
      String job = runningJob(submission);
      forecasts.await(READINGS, PATIENCE_SECONDS);
      assertThat(cluster.restores(job)).isZero();
      return ended(job, "calm");
    }
  }

  /** Everything that was committed by the time the job is gone. */
  private Rows ended(String job, String run) {
    cluster.cancel(job);
    Await.until(
        "the job is gone",
        PATIENCE_SECONDS,
        () -> cluster.runningJobs().isEmpty() ? Optional.of(job) : Optional.empty());
    return new Rows(committed(run + "-forecasts"), committed(run + "-verdicts"));
  }

  private Map<String, String> committed(String topic) {
    try (CommittedRows rows = new CommittedRows(broker.bootstrap(), topic)) {
      rows.toTheEnd();
      assertThat(rows.doubled()).as(topic + ": doubled rows").isEmpty();
      return rows.rows();
    }
  }

  private String runningJob(Child submission) {
    return Await.until(
        "the job runs; its submission: " + submission.output(),
        PATIENCE_SECONDS,
        () -> cluster.runningJobs().stream().findFirst());
  }

  private Child submit(String run) throws IOException {
    Path settings = directory.resolve(run + ".yaml");
    Files.writeString(settings, settings(run));
    return Child.start(
        directory.resolve(run + ".out"),
        Map.of(),
        List.of(
            Checkout.root().resolve("sluice").toString(),
            "forecast",
            "--config",
            settings.toString(),
            "--cluster",
            cluster.address()));
  }

  private String settings(String run) {
    return """
        kafka:
          bootstrap: BOOTSTRAP
        readings:
          topic: readings
          series: sensor
          time: at
          values: {celsius: celsius}
        forecasts: {topic: RUN-forecasts}
        verdicts: {topic: RUN-verdicts}
        job:
          name: RUN
          parallelism: 2
          backend: rocksdb
          checkpointInterval: 1s
        """
        .replace("BOOTSTRAP", broker.bootstrap())
        .replace("RUN", run);
  }

  private void topics(String... names) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      List<NewTopic> topics =
          Stream.of(names).map(each -> new NewTopic(each, 4, (short) 1)).toList();
      admin.createTopics(topics).all().get();
    }
  }

  private record Rows(Map<String, String> forecasts, Map<String, String> verdicts) {}
}
