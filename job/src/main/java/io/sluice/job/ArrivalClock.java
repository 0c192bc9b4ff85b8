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
 * partition without sound readings holds nobody back for longer than {@code IDLE}.
 */
final class ArrivalClock implements WatermarkGenerator<Arrival> {
  static final Duration IDLE = Duration.ofSeconds(10);

  private final Timing timing;
  private final WatermarkGenerator<Arrival> latest;

  ArrivalClock(Timing timing, RelativeClock clock) {
    this.timing = timing;
    latest =
        new WatermarksWithIdleness<>(
            new BoundedOutOfOrdernessWatermarks<>(timing.lateness()), IDLE, clock);
  }

  static WatermarkStrategy<Arrival> strategy(Timing timing) {
    return WatermarkStrategy.<Arrival>forGenerator(
            context -> new ArrivalClock(timing, context.getInputActivityClock()))
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
