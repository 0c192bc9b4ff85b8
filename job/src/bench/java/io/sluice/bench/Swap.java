package io.sluice.bench;

import io.sluice.job.EmbeddedFlink;
import io.sluice.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** Throughput while the series go over to new weights. */
final class Swap {
  private static final int BEFORE = 8;
  private static final int MOST = 90;

  /** Minutes of event time by which new weights are published ahead. */
  private static final int AHEAD = 4;

  private final Stand stand;
  private final int series;
  private final long readings;

  /** @param readings that lie in the topic */
  Swap(Stand stand, int series, long readings) {
    this.stand = stand;
    this.series = series;
    this.readings = readings;
  }

  /** Readings a second, in each second before the handover and of it. */
  record Dip(List<Double> before, List<Double> during) {
    private static final int WINDOW = 5;

    double usual() {
      return mean(before);
    }

    /** The mean of the handover, as a share of the usual. */
    double mean() {
      return mean(during) / usual();
    }

    /** Of the slowest five seconds, in which there is one checkpoint, as a share of the usual. */
    double deepest() {
      double deepest = mean();
      for (int from = 0; from + WINDOW <= during.size(); from++) {
        deepest = Math.min(deepest, mean(during.subList(from, from + WINDOW)) / usual());
      }
      return deepest;
    }

    private static double mean(List<Double> rates) {
      return rates.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
  }

  /** @param filled readings of each series after which it has all the context it keeps */
  Dip of(Settings settings, int filled) throws Exception {
    try (EmbeddedFlink flink = stand.flink(settings)) {
      EmbeddedFlink.Run run = Stand.start(flink, Contender.FORECAST, settings);
      Pulse pulse = new Pulse(stand, settings, run);
      pulse.reach((long) filled * series, MOST);
      List<Double> before = seconds(pulse, Long.MAX_VALUE, BEFORE);
      long from = stand.forecasts(settings) / series + AHEAD;
      Stand.publish(settings, 2, Stand.START + from * Stand.MINUTE);
      pulse.reach(from * series, MOST);
      long until = (from + settings.groups().handover().toMinutes()) * series;
      List<Double> during = seconds(pulse, Math.min(until, readings * 97 / 100), MOST);
      run.cancel().get();
      return new Dip(before, during);
    }
  }

  private static List<Double> seconds(Pulse pulse, long until, int most) throws Exception {
    List<Double> rates = new ArrayList<>();
    while (rates.size() < most && !pulse.reached(until)) {
      rates.add(pulse.rate(Long.MAX_VALUE, 1));
    }
    return rates;
  }
}
