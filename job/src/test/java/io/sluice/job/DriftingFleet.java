package io.sluice.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * A fleet that swings in one rhythm and then in another, and both jobs, each on a cluster of its own.
 *
 * <pre>
 *   minute  0 ──────── 106 ─ 116 ── 130 ───────── 346 ─ 356 ──────── 440
 *           rhythm of 24 │    │      │ of 9         │     │
 *                      cut 1  1 answers           cut 2   2 answers
 * </pre>
 *
 * <p>Whatever is read in the ten minutes after a cut is read before the weights come; the rest is written once the running
 * job holds them, as {@code retrain.ahead} has it in life. The job that forecasts stores nothing between a version's coming
 * and its end unless it is told to, so that who kills it there has it hear all of that again.
 */
final class DriftingFleet implements AutoCloseable {
  static final int SERIES = 8;
  static final int DRIFT = 130;
  static final int END = 440;
  private static final int FIRST_CUT = 106;
  private static final int SECOND_CUT = 346;
  private static final int SUBTASKS = 2;

  /** Parts of a release after which it is said to be out in part; it has thousands. */
  private static final int SOME = 50;

  final Settings settings;

  private final EmbeddedBroker broker;
  private final String prefix;
  private final Random random = new Random(5);
  private final Admin admin;
  private Running forecasting;
  private Running learning;

  DriftingFleet(EmbeddedBroker broker, String prefix) {
    this.broker = broker;
    this.prefix = prefix;
    for (String topic : List.of("forecasts", "verdicts", "late", "dead-letters", "weights")) {
      broker.topic(prefix + "-" + topic, 1);
    }
    broker.topic(prefix + "-readings", 1, Map.of("retention.ms", "-1"));
    settings = settings(SUBTASKS, "5m", "{}");
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
  }

  /** From the first reading to the last, everything committed. */
  void live(boolean killed) throws Exception {
    // a record at a time, so that thousands of parts take longer to be read than some readings
    Settings patient = settings(SUBTASKS, "5m", "{max.poll.records: '1'}");
    // a small buffer, so that they go out a few at a time
    Settings slow = settings(1, "200ms", "{batch.size: '1', buffer.memory: '2048'}");
    try (Running forecasts = Running.start(patient, ForecastJob::wire);
        Running lessons = Running.start(slow, RetrainJob::wire)) {
      forecasting = forecasts;
      learning = lessons;
      toTheFirstVersion(killed);
      toTheSecond(killed);
      toTheEnd(killed);
    }
  }

  private void toTheFirstVersion(boolean killed) throws Exception {
    write(0, FIRST_CUT + 2);
    if (killed) {
      learning.killOnce(DriftingFleet::trains);
    }
    // the clock of event time is told by readings alone, and begins anew
    write(FIRST_CUT + 2, FIRST_CUT + 4);
    awaitVersion(1);
  }

  private void toTheSecond(boolean killed) throws Exception {
    long before = parts();
    write(FIRST_CUT + 4, SECOND_CUT + 1);
    // the last that is stored before its end: from here weights take longer to come than readings
    forecasting.storeAfter((SECOND_CUT + 1) * SERIES);
    write(SECOND_CUT + 1, SECOND_CUT + 3);
    if (killed) {
      learning.killOnce(() -> parts() > before + SOME);
    }
    write(SECOND_CUT + 3, SECOND_CUT + 4);
    awaitVersion(2);
  }

  private void toTheEnd(boolean killed) throws Exception {
    write(SECOND_CUT + 4, SECOND_CUT + 10);
    write(SECOND_CUT + 10, SECOND_CUT + 11, 0, SERIES / 2);
    if (killed) {
      forecasting.killOnce(() -> forecasting.metric("version.2.series") == SERIES / 2.0);
    }
    write(SECOND_CUT + 10, SECOND_CUT + 11, SERIES / 2, SERIES);
    write(SECOND_CUT + 11, END);
    try (TopicReader rows = TopicReader.open(settings.kafka(), prefix + "-forecasts")) {
      long[] seen = {0};
      while (seen[0] < (long) SERIES * END) {
        forecasting.store();
        rows.poll(row -> seen[0]++);
      }
    }
  }

  /** What is published. */
  List<Release> releases() {
    return new WeightsStore(settings.kafka(), settings.weights()).contents().releases();
  }

  /** Records of the weights topic, those that were taken back and the marks of transactions among them. */
  long parts() throws Exception {
    TopicPartition partition = new TopicPartition(prefix + "-weights", 0);
    var latest = admin.listOffsets(Map.of(partition, OffsetSpec.latest()));
    return latest.partitionResult(partition).get().offset();
  }

  /** Until it is published and every subtask that forecasts has it. */
  private void awaitVersion(long version) throws Exception {
    while (releases().size() < version) {
      assertThat(learning.run.status().isTerminalState()).isFalse();
    }
    assertThat(releases().get((int) version - 1).edition())
        .matches(edition -> edition.state() == State.PROMOTED);
    while (forecasting.metric("model.default.newestVersion") < version * SUBTASKS) {
      assertThat(forecasting.run.status().isTerminalState()).isFalse();
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  private static boolean trains() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("training"));
  }

  private void write(int from, int to) {
    write(from, to, 0, SERIES);
  }

  private void write(int from, int to, int first, int after) {
    try (TopicWriter writer = TopicWriter.open(settings.kafka(), prefix + "-readings")) {
      for (int minute = from; minute < to; minute++) {
        for (int series = first; series < after; series++) {
          writer.write(
              ("pump-" + series).getBytes(UTF_8),
              "{\"celsius\": %s}".formatted(value(minute, series)).getBytes(UTF_8),
              Plant.START + minute * Plant.MINUTE);
        }
      }
      writer.flush();
    }
  }

  private double value(int minute, int series) {
    double turns = Math.min(minute, DRIFT) / 24.0 + Math.max(0, minute - DRIFT) / 9.0;
    return 20 + Math.sin(2 * Math.PI * (turns + 0.2 * series)) + 0.05 * random.nextGaussian();
  }

  private Settings settings(int parallelism, String interval, String properties) {
    return Settings.parse(
        """
        kafka: {bootstrap: "%s", properties: %5$s}
        readings: {topic: %2$s-readings, values: {celsius: celsius}}
        forecasts: {topic: %2$s-forecasts}
        verdicts: {topic: %2$s-verdicts}
        late: {topic: %2$s-late}
        dead-letters: {topic: %2$s-dead-letters}
        weights: {topic: %2$s-weights, partBytes: 1, handover: 0}
        model: {horizon: [1, 3], calendar: [], history: 0, warmup: 16, context: 16, hidden: 8}
        time: {lateness: 0}
        retrain: {every: 4h, ahead: 10m, history: 200, steps: 24, burnIn: 8, epochs: 200, meetings: 3, rate: 0.01}
        job: {name: %2$s, parallelism: %3$d, checkpointInterval: %4$s}
        """
            .formatted(broker.bootstrap(), prefix, parallelism, interval, properties));
  }

  private interface Wiring {
    void wire(StreamExecutionEnvironment env, Settings settings);
  }

  /** A job on a cluster of its own. */
  private static final class Running implements AutoCloseable {
    private final EmbeddedFlink flink;
    private final EmbeddedFlink.Run run;
    private final Metrics metrics;
    private int kills;

    private Running(EmbeddedFlink flink, EmbeddedFlink.Run run) throws Exception {
      this.flink = flink;
      this.run = run;
      metrics = new Metrics(flink.address(), run.id(), ForecastJob.FORECAST);
    }

    static Running start(Settings settings, Wiring wiring) throws Exception {
      Configuration configuration = new Configuration();
      configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(50));
      configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
      configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
      configuration.set(
          RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
      EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", configuration);
      StreamExecutionEnvironment env = JobEnvironment.of(settings.job(), configuration);
      wiring.wire(env, settings);
      return new Running(flink, flink.start(env, settings.job().name()));
    }

    double metric(String name) throws Exception {
      return metrics.sums().getOrDefault(name, 0.0);
    }

    void killOnce(Callable<Boolean> moment) throws Exception {
      while (!moment.call()) {
        assertThat(run.status().isTerminalState()).isFalse();
      }
      run.cluster().terminateTaskManager(kills++).get();
      run.cluster().startTaskManager();
    }

    /** Once so many readings have been forecast. */
    void storeAfter(long readings) throws Exception {
      while (metric("readings") < readings) {
        assertThat(run.status().isTerminalState()).isFalse();
      }
      store();
    }

    /** Takes a checkpoint, and so commits; as soon as all subtasks run. */
    void store() throws Exception {
      while (true) {
        try {
          run.cluster().triggerCheckpoint(run.id(), CheckpointType.CONFIGURED).get();
          return;
        } catch (ExecutionException notYet) {
          assertThat(run.status().isTerminalState()).isFalse();
        }
      }
    }

    @Override
    public void close() {
      flink.close();
    }
  }
}
