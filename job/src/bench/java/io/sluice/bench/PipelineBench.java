package io.sluice.bench;

import io.sluice.settings.Settings;
import java.util.EnumMap;
import java.util.Map;

/**
 * Kafka to Kafka in one process: the forecast job beside one that copies and one of random cut forests. Broker, Flink and
 * generator share the cores.
 */
public final class PipelineBench {
  private static final int SERIES = 10_000;
  private static final long READINGS = 3_000_000;
  private static final int ROUNDS = 2;
  private static final int WARM_SECONDS = 6;
  private static final int SECONDS = 8;
  private static final int MANY_SERIES = 100_000;
  private static final int CONTEXT = 16;
  private static final double[] SHARES = {0.5, 0.99, 0.999};
  private static final long BEGUN = System.currentTimeMillis();

  private final Stand stand;
  private final Report report = new Report("Kafka to Kafka");
  private final Map<Contender, Double> best = new EnumMap<>(Contender.class);

  private PipelineBench(Stand stand) {
    this.stand = stand;
  }

  /** @param arguments none, or {@code --json F} */
  public static void main(String[] arguments) throws Exception {
    try (Stand stand = new Stand()) {
      PipelineBench bench = new PipelineBench(stand);
      say("writing %,d readings of %,d series", READINGS, SERIES);
      stand.write(stand.topic("readings"), SERIES, READINGS);
      bench.throughput();
      bench.parallelism();
      bench.latency();
      bench.swap();
      bench.report.tell(arguments);
    }
    System.exit(0); // Kafka's and Flink's threads would linger
  }

  private void throughput() throws Exception {
    Throughput throughput = new Throughput(stand, READINGS, WARM_SECONDS, SECONDS);
    for (int round = 1; round <= ROUNDS; round++) {
      for (Contender contender : Contender.values()) {
        double rate = throughput.of(contender, stand.settings("readings", 2, "exactly-once", ""));
        best.merge(contender, rate, Math::max);
        say("round %d of %d, %s: %,.0f readings/s", round, ROUNDS, contender.word(), rate);
      }
    }
    double ours = best.get(Contender.FORECAST);
    best.forEach(
        (contender, rate) -> {
          String goal =
              switch (contender) {
                case FORECAST -> "";
                case COPY -> "≥ 0.8";
                case FOREST -> "≥ 5";
              };
          report.line(
              "exactly once, 10,000 series, parallelism 2: " + contender.word(),
              Report.format("%,.0f readings/s", rate),
              contender == Contender.FORECAST ? "" : Report.format("ours ÷ it %.2f", ours / rate),
              goal);
          report.figure(contender.word() + ".readingsPerSecond", rate);
        });
  }

  private void parallelism() throws Exception {
    double one =
        new Throughput(stand, READINGS, WARM_SECONDS, SECONDS)
            .of(Contender.FORECAST, stand.settings("readings", 1, "exactly-once", ""));
    say("forecast at parallelism 1: %,.0f readings/s", one);
    report.line(
        "forecast, parallelism 1 → 2",
        Report.format("%,.0f readings/s at 1", one),
        Report.format("%.2f", best.get(Contender.FORECAST) / one),
        "≥ 1.8");
    report.figure("forecast.parallelism1.readingsPerSecond", one);
  }

  private void latency() throws Exception {
    double rate = best.get(Contender.FORECAST) / 2;
    double copied = 0;
    for (Contender contender : new Contender[] {Contender.COPY, Contender.FORECAST}) {
      String topic = stand.topic("live-" + contender.word());
      Settings settings = stand.settings(topic, 2, "at-least-once", "");
      double[] millis =
          new Latency(stand, SERIES, rate, WARM_SECONDS, SECONDS).of(contender, settings, SHARES);
      String figure =
          Report.format("p50 %.1f, p99 %.1f, p99.9 %.1f ms", millis[0], millis[1], millis[2]);
      say("%s at %,.0f readings/s: %s", contender.word(), rate, figure);
      boolean ours = contender == Contender.FORECAST;
      copied = ours ? copied : millis[1];
      report.line(
          Report.format("latency at %,.0f readings/s, at least once: %s", rate, contender.word()),
          figure,
          ours ? Report.format("p99 ÷ copy's %.2f", millis[1] / copied) : "",
          ours ? "p99 ≤ 20 ms" : "");
      report.figure(contender.word() + ".latencyMillis", millis);
    }
  }

  private void swap() throws Exception {
    long readings = 32L * MANY_SERIES;
    say("writing %,d readings of %,d series", readings, MANY_SERIES);
    stand.write(stand.topic("many"), MANY_SERIES, readings);
    Settings settings =
        stand.settings("many", 2, "exactly-once", "model: {context: " + CONTEXT + "}");
    Swap.Dip dip = new Swap(stand, (CONTEXT + 1L) * MANY_SERIES, readings).of(settings);
    say("swap of weights: %,.0f readings/s before, then %s", dip.before(), dip.after());
    report.line(
        "swap of weights at 100,000 series, context " + CONTEXT,
        Report.format("%,.0f readings/s before", dip.before()),
        Report.format(
            "deepest second %.2f, mean of %d s %.2f",
            dip.deepest(), dip.after().size(), dip.mean()),
        "≥ 0.9");
    report.figure("swap", dip);
  }

  private static void say(String pattern, Object... values) {
    System.out.printf(
        "%4d s  %s%n", (System.currentTimeMillis() - BEGUN) / 1000, Report.format(pattern, values));
  }
}
