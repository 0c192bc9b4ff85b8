package io.sluice.job;

import io.sluice.forecast.Memory;
import io.sluice.forecast.Timing;
import org.apache.flink.streaming.api.TimerService;

/**
 * When silent series are looked after: on a grid of event time, sixteen lines to {@code retireAfter}, so that a series
 * moves its one timer rarely and not at each reading.
 */
final class Retirement {
  private static final int LINES = 16;

  private final long after;
  private final long grid;

  Retirement(Timing timing) {
    after = timing.retireAfter().toMillis();
    grid = Math.max(1, after / LINES);
  }

  /** The first line of the grid at which the series, unless heard again, is to be forgotten. */
  long due(Memory memory) {
    return memory.heard()
        ? -Math.floorDiv(-(memory.lastHeard() + after), grid) * grid
        : Long.MIN_VALUE;
  }

  void move(long from, long to, TimerService timers) {
    if (from != to) {
      if (from != Long.MIN_VALUE) {
        timers.deleteEventTimeTimer(from);
      }
      timers.registerEventTimeTimer(to);
    }
  }
}
