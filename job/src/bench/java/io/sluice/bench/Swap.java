package io.sluice.bench;

import io.sluice.job.EmbeddedFlink;
import io.sluice.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** Throughput around the moment at which every series gets new weights. */
final class Swap {
  private static final int BEFORE = 6;
  private static final int AFTER = 12;

  private final Stand stand;
  private final long filled;
  private final long readings;

  /**
   * @param filled readings after which every series has all the context it keeps
   * @param readings that lie in the topic
   */
  Swap(Stand stand, long filled, long readings) {
    this.stand = stand;
    this.filled = filled;
    this.readings = readings;
  }

  /** Readings a second: before, and in each of the seconds after. */
  record Dip(double before, List<Double> after) {
    double deepest() {
      return after.stream().mapToDouble(Double::doubleValue).min().orElse(before) / before;
    }

    /** The mean of the seconds after, as a share of before. */
    double mean() {
      return after.stream().mapToDouble(Double::doubleValue).average().orElse(before) / before;
    }
  }

  Dip of(Settings settings) throws Exception {
    try (EmbeddedFlink flink = stand.flink(settings)) {
      EmbeddedFlink.Run run = Stand.start(flink, Contender.FORECAST, settings);
      Pulse pulse = new Pulse(stand, settings, run);
      pulse.reach(filled, 60);
      double before = pulse.rate(readings, BEFORE);
      Stand.publish(settings, 2);
      List<Double> after = new ArrayList<>();
      while (after.size() < AFTER && stand.forecasts(settings) < readings * 97 / 100) {
        after.add(pulse.rate(readings, 1));
      }
      run.cancel().get();
      return new Dip(before, after);
    }
  }
}
