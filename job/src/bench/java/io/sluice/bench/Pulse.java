package io.sluice.bench;

import io.sluice.job.EmbeddedFlink;
import io.sluice.settings.Settings;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobStatus;

/** How fast forecasts of a running job reach the broker. */
final class Pulse {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Stand stand;
  private final Settings settings;
  private final EmbeddedFlink.Run run;

  Pulse(Stand stand, Settings settings, EmbeddedFlink.Run run) {
    this.stand = stand;
    this.settings = settings;
    this.run = run;
  }

  /** Waits until so many forecasts have come out, or for so long. */
  void reach(long forecasts, long seconds) throws Exception {
    long until = System.nanoTime() + seconds * SECOND;
    while (!reached(forecasts) && System.nanoTime() < until) {
      if (run.status() == JobStatus.FAILED) {
        run.await();
      }
      LockSupport.parkNanos(SECOND / 10);
    }
  }

  boolean reached(long forecasts) throws Exception {
    return stand.forecasts(settings) >= forecasts;
  }

  /** Forecasts a second from now until so many have come out, or for so long. */
  double rate(long forecasts, long seconds) throws Exception {
    long from = stand.forecasts(settings);
    long begun = System.nanoTime();
    reach(forecasts, seconds);
    return (stand.forecasts(settings) - from) * (double) SECOND / (System.nanoTime() - begun);
  }
}
