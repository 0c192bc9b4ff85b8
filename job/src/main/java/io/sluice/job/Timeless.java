package io.sluice.job;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Weights know no time: they hold the readings' back by nothing, and push it on by nothing.
 *
 * <p>So their source is always idle. At the end of time instead, it would take every series there as soon as the readings
 * pause, and all of them would be forgotten.
 */
final class Timeless<T> implements WatermarkGenerator<T> {
  Timeless() {}

  static <T> WatermarkStrategy<T> strategy() {
    return WatermarkStrategy.<T>forGenerator(context -> new Timeless<>())
        .withTimestampAssigner((element, recorded) -> Long.MIN_VALUE);
  }

  @Override
  public void onEvent(T event, long timestamp, WatermarkOutput output) {}

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.markIdle();
  }
}
