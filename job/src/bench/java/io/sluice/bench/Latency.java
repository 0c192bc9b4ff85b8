package io.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.connectors.Original;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.job.EmbeddedFlink;
import io.sluice.settings.Settings;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * From the moment a reading is handed to a producer to the moment its forecast comes out of a consumer, at a steady rate.
 * Forecasts of a series come in the order of its readings, one each, so counting tells which belongs to which.
 */
final class Latency {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

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
    warm = (int) (rate * warmSeconds);
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
      send(settings.readings().topic());
      listener.join(TimeUnit.SECONDS.toMillis(10));
      ended.set(true);
      listener.join();
      run.cancel().get();
    }
    return quantiles(shares);
  }

  private void send(String topic) {
    try (TopicWriter writer = stand.writer(topic, 1)) {
      long begun = System.nanoTime();
      for (int n = 0; n < sent.length; ) {
        long due = (long) ((System.nanoTime() - begun) * rate / TimeUnit.SECONDS.toNanos(1));
        for (; n < Math.min(due, sent.length); n++) {
          sent[n] = System.nanoTime();
          Stand.write(writer, n, series, System.currentTimeMillis());
        }
        LockSupport.parkNanos(MILLI);
      }
      writer.flush();
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
