package io.sluice.bench;

import io.sluice.job.EmbeddedFlink;
import io.sluice.settings.Settings;
import java.util.concurrent.TimeUnit;

/** Readings a second of a job that has as many readings before it as it can take. */
final class Throughput {
  private final Stand stand;
  private final long readings;
  private final int warmSeconds;
  private final int seconds;

  /** @param readings that lie in the topic; a job that comes to their end is measured until there */
  Throughput(Stand stand, long readings, int warmSeconds, int seconds) {
    this.stand = stand;
    this.readings = readings;
    this.warmSeconds = warmSeconds;
    this.seconds = seconds;
  }

  double of(Contender contender, Settings settings) throws Exception {
    try (EmbeddedFlink flink = stand.flink(settings)) {
      EmbeddedFlink.Run run = Stand.start(flink, contender, settings);
      Pulse pulse = new Pulse(stand, settings, run);
      pulse.reach(1, TimeUnit.MINUTES.toSeconds(1));
      pulse.reach(readings / 2, warmSeconds);
      double rate = pulse.rate(readings * 97 / 100, seconds);
      run.cancel().get();
      return rate;
    }
  }
}
