package io.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.connectors.Original;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.job.EmbeddedFlink;
import io.sluice.settings.Settings;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * From the moment a reading is handed to a producer to the moment its forecast comes out of a consumer, at a steady rate.
 * Forecasts of a series come in the order of its readings, one each, so counting tells which belongs to which.
 */
final class Latency {
  private static final int START_SECONDS = 60;
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** What is sent goes at once, and takes little of what is measured: small batches compressed cost more than they save. */
  private static final Map<String, String> PROMPT =
      Map.of("linger.ms", "1", "compression.type", "none");

  private final Stand stand;
  private final int series;
  private final double rate;
  private final int warm;
  private final long[] sent;
  private final long[] took;
  private final int[] heard;

  /** @param rate readings a second */
  Latency(Stand stand, int series, double rate, int warmSeconds, int seconds) {
    this.stand = stand;
    this.series = series;
    this.rate = rate;
    warm = series + (int) (rate * warmSeconds);
    sent = new long[warm + (int) (rate * seconds)];
    took = new long[sent.length];
    heard = new int[series];
  }

  /** In milliseconds, at these shares of the readings. */
  double[] of(Contender contender, Settings settings, double... shares) throws Exception {
    try (EmbeddedFlink flink = stand.flink(settings);
        TopicReader forecasts =
            TopicReader.open(settings.kafka(), settings.rows().topics().forecasts())) {
      EmbeddedFlink.Run run = Stand.start(flink, contender, settings);
      AtomicBoolean ended = new AtomicBoolean();
      Thread listener = new Thread(() -> listen(forecasts, ended), "listener");
      listener.start();
      send(new Pulse(stand, settings, run), settings.readings().topic());
      listener.join(TimeUnit.SECONDS.toMillis(10));
      ended.set(true);
      listener.join();
      run.cancel().get();
    }
    return quantiles(shares);
  }

  /** The first reading of each series waits for its answer: a job that still starts would begin with a backlog. */
  private void send(Pulse pulse, String topic) throws Exception {
    try (TopicWriter writer = stand.writer(topic, PROMPT)) {
      send(writer, 0, series);
      writer.flush();
      pulse.reach(series, START_SECONDS);
      long begun = System.nanoTime();
      for (int n = series; n < sent.length; ) {
        long due = (long) ((System.nanoTime() - begun) * rate / TimeUnit.SECONDS.toNanos(1));
        int until = (int) Math.min(series + due, sent.length);
        send(writer, n, until);
        n = until;
        LockSupport.parkNanos(MILLI);
      }
      writer.flush();
    }
  }

  private void send(TopicWriter writer, int from, int until) {
    for (int n = from; n < until; n++) {
      sent[n] = System.nanoTime();
      Stand.write(writer, n, series, System.currentTimeMillis());
    }
  }

  private void listen(TopicReader forecasts, AtomicBoolean ended) {
    int[] left = {sent.length};
    while (left[0] > 0 && !ended.get()) {
      forecasts.poll(
          row -> {
            hear(row, System.nanoTime());
            left[0]--;
          });
    }
  }

  private void hear(Original row, long now) {
    int which = Integer.parseInt(new String(row.key().get(), UTF_8));
    int n = heard[which]++ * series + which;
    took[n] = now - sent[n];
  }

  private double[] quantiles(double... shares) {
    long[] measured =
        Arrays.stream(took, warm, took.length).filter(nanos -> nanos > 0).sorted().toArray();
    if (measured.length < took.length - warm) {
      System.out.printf("  %,d forecasts did not come%n", took.length - warm - measured.length);
    }
    return Arrays.stream(shares)
        .map(share -> measured[(int) (share * (measured.length - 1))] / (double) MILLI)
        .toArray();
  }
}
