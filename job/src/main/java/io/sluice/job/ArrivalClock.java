package io.sluice.job;

import io.sluice.connectors.Arrival;
import io.sluice.forecast.Reading;
import io.sluice.forecast.Timing;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time as the readings tell it: the latest of them less the allowed lateness.
 *
 * <p>What cannot be read and what comes from a clock that runs ahead moves nothing. A partition without readings holds
 * nobody back for longer than {@code IDLE}.
 */
final class ArrivalClock implements WatermarkGenerator<Arrival> {
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final long lateness;
  private final long maxSkew;
  private long latest = Long.MIN_VALUE;

  private ArrivalClock(Timing timing) {
    lateness = timing.lateness().toMillis();
    maxSkew = timing.maxSkew().toMillis();
  }

  static WatermarkStrategy<Arrival> strategy(Timing timing) {
    return WatermarkStrategy.<Arrival>forGenerator(context -> new ArrivalClock(timing))
        .withTimestampAssigner((arrival, recorded) -> time(arrival, recorded))
        .withIdleness(IDLE);
  }

  private static long time(Arrival arrival, long recorded) {
    return arrival instanceof Arrival.Decoded decoded ? decoded.reading().time() : recorded;
  }

  @Override
  public void onEvent(Arrival arrival, long timestamp, WatermarkOutput output) {
    if (arrival instanceof Arrival.Decoded decoded) {
      Reading reading = decoded.reading();
      if (reading.time() - reading.arrived() <= maxSkew) {
        latest = Math.max(latest, reading.time());
      }
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (latest != Long.MIN_VALUE) {
      output.emitWatermark(new Watermark(latest - lateness - 1));
    }
  }
}
