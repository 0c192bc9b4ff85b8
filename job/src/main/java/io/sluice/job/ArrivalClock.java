package io.sluice.job;

import io.sluice.connectors.Arrival;
import io.sluice.forecast.Timing;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Event time as the readings tell it: the latest of them less the allowed lateness.
 *
 * <p>What cannot be read and what comes from a clock that runs ahead moves nothing, and is no sign of life either: a
 * partition without sound readings holds nobody back for longer than {@code job.idle}.
 */
final class ArrivalClock implements WatermarkGenerator<Arrival> {
  private final Timing timing;
  private final WatermarkGenerator<Arrival> latest;

  ArrivalClock(Timing timing, Duration idle, RelativeClock clock) {
    this.timing = timing;
    latest =
        new WatermarksWithIdleness<>(
            new BoundedOutOfOrdernessWatermarks<>(timing.lateness()), idle, clock);
  }

  /** @param idle after which a partition without readings is not waited for */
  static WatermarkStrategy<Arrival> strategy(Timing timing, Duration idle) {
    return WatermarkStrategy.<Arrival>forGenerator(
            context -> new ArrivalClock(timing, idle, context.getInputActivityClock()))
        .withTimestampAssigner((arrival, recorded) -> time(arrival, recorded));
  }

  private static long time(Arrival arrival, long recorded) {
    return arrival instanceof Arrival.Decoded decoded ? decoded.reading().time() : recorded;
  }

  @Override
  public void onEvent(Arrival arrival, long timestamp, WatermarkOutput output) {
    if (arrival instanceof Arrival.Decoded decoded && !timing.skewed(decoded.reading())) {
      latest.onEvent(arrival, decoded.reading().time(), output);
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    latest.onPeriodicEmit(output);
  }
}
