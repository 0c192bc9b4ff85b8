package io.sluice.bench;

import io.sluice.job.EmbeddedFlink;
import io.sluice.job.ForecastJob;
import io.sluice.job.JobEnvironment;
import io.sluice.job.RetrainJob;
import io.sluice.settings.Settings;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The forecast job at parallelism 1, with as many readings before it as it can take, and something else that goes on. */
final class Beside {
  private static final int WARM_SECONDS = 6;
  private static final int SECONDS = 8;
  private static final long CHECKPOINT_MILLIS = 1000;

  /** Passes of one round: more than anybody will wait for. */
  private static final int ENDLESS = 1_000_000;

  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);

  private final Stand stand;
  private final long readings;

  /** What goes on beside. */
  enum Load {
    NOTHING("alone"),
    SPINNING("beside a thread that spins"),
    LEARNING("beside a round that never ends");

    private final String words;

    Load(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * What came of it.
   *
   * @param rate readings a second
   * @param checkpoint mean, in milliseconds
   */
  record Service(double rate, double checkpoint) {
    Service better(Service other) {
      return rate < other.rate ? other : this;
    }

    @Override
    public String toString() {
      return Report.format("%,.0f readings/s, a checkpoint in %.0f ms", rate, checkpoint);
    }
  }

  /** @param readings that lie in the topic "readings" */
  Beside(Stand stand, long readings) {
    this.stand = stand;
    this.readings = readings;
  }

  Service serve(Load load) throws Exception {
    return switch (load) {
      case NOTHING -> serve();
      case SPINNING -> spinning();
      case LEARNING -> learning();
    };
  }

  private Service spinning() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Thread spins =
        new Thread(
            () -> {
              while (!over.get()) {
                Thread.onSpinWait();
              }
            },
            "spinning");
    spins.start();
    try {
      return serve();
    } finally {
      over.set(true);
    }
  }

  /** The first cut lies within the lessons and the second after them: one round, and no reading waits for it. */
  private Service learning() throws Exception {
    String retrain = "retrain: {every: 5h, history: 400, epochs: %d}%n".formatted(ENDLESS);
    Settings settings = Settings.parse(stand.yaml("lessons", 1, "exactly-once", "0") + retrain);
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
    RetrainJob.wire(env, settings);
    try (EmbeddedFlink flink = stand.flink(settings)) {
      EmbeddedFlink.Run run = flink.start(env, settings.job().name());
      awaitTraining();
      Service service = serve();
      run.cancel().get();
      return service;
    }
  }

  private static void awaitTraining() {
    long until = System.nanoTime() + PATIENCE;
    while (!trains()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("no round has begun within a minute");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  static boolean trains() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("training"));
  }

  private Service serve() throws Exception {
    Settings settings = stand.settings("readings", 1, "exactly-once");
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
    env.enableCheckpointing(CHECKPOINT_MILLIS);
    ForecastJob.wire(env, settings);
    try (EmbeddedFlink flink = stand.flink(settings)) {
      EmbeddedFlink.Run run = flink.start(env, settings.job().name());
      Pulse pulse = new Pulse(stand, settings, run);
      pulse.reach(1, TimeUnit.MINUTES.toSeconds(1));
      pulse.reach(readings / 2, WARM_SECONDS);
      double rate = pulse.rate(readings * 97 / 100, SECONDS);
      Service service = new Service(rate, checkpoint(run));
      run.cancel().get();
      return service;
    }
  }

  /** Mean of the last ones that Flink remembers: those of the measured seconds. */
  static double checkpoint(EmbeddedFlink.Run run) throws Exception {
    return run
        .cluster()
        .getExecutionGraph(run.id())
        .get()
        .getCheckpointStatsSnapshot()
        .getHistory()
        .getCheckpoints()
        .stream()
        .filter(one -> one.getStatus() == CheckpointStatsStatus.COMPLETED)
        .limit(SECONDS)
        .mapToLong(AbstractCheckpointStats::getEndToEndDuration)
        .average()
        .orElse(Double.NaN);
  }
}
