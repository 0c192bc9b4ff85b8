package io.sluice.bench;

import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.job.EmbeddedFlink;
import io.sluice.job.JobEnvironment;
import io.sluice.job.RetrainJob;
import io.sluice.settings.Settings;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** How long the retraining job's own checkpoints take while readings come as fast as they can be written, or were all there. */
final class Barriers {
  private static final int SERIES = 500;
  private static final long BEFORE = 400L * SERIES;
  private static final long AFTER = 5_000L * SERIES;
  private static final long CHECKPOINT_MILLIS = 1000;

  /** Passes of one round: more than anybody will wait for. */
  private static final int ENDLESS = 1_000_000;

  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);

  /** Into a backlog; by then readings wait for rounds. */
  private static final long WELL_INTO = TimeUnit.SECONDS.toNanos(15);

  private final Stand stand;

  Barriers(Stand stand) {
    this.stand = stand;
  }

  /**
   * Mean time of a checkpoint, in milliseconds.
   *
   * @param learning whether a round goes on all the while; else there is none
   */
  double millis(String topic, boolean learning) throws Exception {
    stand.write(stand.topic(topic), SERIES, BEFORE);
    String endless = "retrain: {every: 30d, history: 400, epochs: %d}".formatted(ENDLESS);
    return millis(
        topic,
        endless,
        settings -> {
          if (learning) {
            askForARound(settings);
          }
          stand.write(topic, SERIES, BEFORE, BEFORE + AFTER);
        });
  }

  /** The same at the start over a long past, a round of the default size for every five hours of it. */
  double backlog(String topic) throws Exception {
    stand.write(stand.topic(topic), SERIES, BEFORE + AFTER);
    return millis(topic, "retrain: {every: 5h, history: 400}", settings -> waitForABacklog());
  }

  private double millis(String topic, String retrain, Consumer<Settings> meanwhile)
      throws Exception {
    Settings settings = Settings.parse(stand.yaml(topic, 1, "exactly-once", "0") + retrain);
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
    RetrainJob.wire(env, settings);
    env.enableCheckpointing(CHECKPOINT_MILLIS);
    try (EmbeddedFlink flink = stand.flink(settings)) {
      EmbeddedFlink.Run run = flink.start(env, settings.job().name());
      meanwhile.accept(settings);
      double millis = Beside.checkpoint(run);
      run.cancel().get();
      return millis;
    }
  }

  private static void waitForABacklog() {
    for (long until = System.nanoTime() + WELL_INTO; System.nanoTime() < until; ) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  /** Over and over, for one that is asked for before there are readings is held when they have come to our time. */
  private static void askForARound(Settings settings) {
    long until = System.nanoTime() + PATIENCE;
    while (!Beside.trains()) {
      new WeightsStore(settings.kafka(), settings.weights()).ask("default");
      if (System.nanoTime() > until) {
        throw new IllegalStateException("no round has begun within a minute");
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
  }
}
