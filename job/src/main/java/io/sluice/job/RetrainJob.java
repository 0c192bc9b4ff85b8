package io.sluice.job;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Flows;
import io.sluice.connectors.kafka.Delivery;
import io.sluice.connectors.kafka.ReadingsSettings;
import io.sluice.connectors.kafka.ReadingsSource;
import io.sluice.connectors.kafka.Start;
import io.sluice.connectors.kafka.WeightsSource;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.forecast.Model;
import io.sluice.retrain.Retraining;
import io.sluice.retrain.Task;
import io.sluice.settings.Settings;
import io.sluice.weights.Part;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Readings in, until there are no more; one release out, promoted if it passes the gate.
 *
 * <p>It takes no checkpoints: what a run that dies has published is taken back by its transaction, and the next run comes to
 * the same release.
 */
public final class RetrainJob {
  static final String RETRAIN = "retrain";
  static final String RELEASES = "releases";

  private static final TypeInformation<Part> PART = TypeInformation.of(Part.class);

  private RetrainJob() {}

  /**
   * The job between the readings and the weights topic.
   *
   * @param from where to begin, as {@code readings.start} has it
   */
  public static void wire(
      StreamExecutionEnvironment env, Settings settings, Task task, Start from) {
    // a task that waits for its coordinator reads no barriers, and a coordinator that waits for a
    // checkpoint says nothing
    env.getCheckpointConfig().disableCheckpointing();
    ReadingsSettings as = settings.readings();
    ReadingsSettings readings =
        new ReadingsSettings(as.topic(), as.group() + "-retrain", from, as.format(), as.mapping());
    Delivery rows = settings.rows().delivery();
    Delivery delivery =
        new Delivery(
            Delivery.Promise.EXACTLY_ONCE,
            rows.transactionPrefix() + "-retrain",
            rows.transactionTimeout());
    DataStream<Arrival> arrivals =
        env.fromSource(
                ReadingsSource.bounded(settings.kafka(), readings),
                ArrivalClock.strategy(settings.plan().timing()),
                ForecastJob.READINGS,
                Flows.ARRIVAL)
            .uid(ForecastJob.READINGS);
    parts(arrivals, task, settings)
        .sinkTo(WeightsSource.sink(settings.kafka(), settings.weights(), delivery))
        .uid(RELEASES)
        .name(RELEASES)
        .setParallelism(1);
  }

  /** From those readings to the parts of a release. */
  static DataStream<Part> parts(DataStream<Arrival> readings, Task task, Settings settings) {
    return readings
        .keyBy(ForecastJob::key, Types.STRING)
        .transform(RETRAIN, PART, new Retraining(task, settings.weights().partBytes()))
        .uid(RETRAIN);
  }

  /**
   * The next version of that model, learnt from what answers now.
   *
   * @param cut the time of the last reading that may be learnt from, epoch milliseconds
   */
  public static Task task(Settings settings, String model, long cut) {
    List<Release> releases =
        new WeightsStore(settings.kafka(), settings.weights())
            .contents().releases().stream()
                .filter(release -> release.model().equals(model))
                .toList();
    byte[] champion =
        releases.stream()
            .filter(release -> release.edition().state() == State.PROMOTED)
            .filter(release -> fits(release, settings))
            .max(Comparator.comparingLong(Release::version))
            .map(Release::bytes)
            .orElse(new byte[0]);
    long version = 1 + releases.stream().mapToLong(Release::version).max().orElse(0);
    return new Task(
        settings.plan(), settings.retrain(), settings.groups(), model, version, champion, cut);
  }

  /** One made for other inputs answers nobody under these settings, and there is nothing to go on from. */
  private static boolean fits(Release release, Settings settings) {
    try {
      return Model.of(release, settings.plan()).answers();
    } catch (IllegalArgumentException misfit) {
      return false;
    }
  }
}
