package io.sluice.bench;

import io.sluice.settings.Settings;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Kafka to Kafka in one process: the forecast job beside one that copies and one of random cut forests. Broker, Flink and
 * generator share the cores.
 */
public final class PipelineBench {
  private static final int SERIES = 10_000;
  private static final long READINGS = 8_000_000;
  private static final int ROUNDS = 5;
  private static final int WARM_SECONDS = 7;
  private static final int SECONDS = 7;
  private static final int LATENCY_WARM_SECONDS = 20;
  private static final int MANY_SERIES = 100_000;
  private static final int CONTEXT = 64;
  private static final int MANY_MINUTES = 240;
  private static final String HANDOVER = "150m";
  private static final double[] SHARES = {0.5, 0.99, 0.999};
  private static final long BEGUN = System.currentTimeMillis();

  private final Stand stand;
  private final Throughput throughput;
  private final Report report = new Report("Kafka to Kafka");
  private final Map<Contender, Double> best = new EnumMap<>(Contender.class);

  private PipelineBench(Stand stand) {
    this.stand = stand;
    throughput = new Throughput(stand, READINGS, WARM_SECONDS, SECONDS);
  }

  /** What is measured, one alone by {@code --only}. */
  private enum Part {
    THROUGHPUT,
    LATENCY,
    SWAP,
    FORESTS
  }

  /** @param arguments none, or {@code --only PART}, or {@code --json F} */
  public static void main(String[] arguments) throws Exception {
    String only = Report.option(arguments, "--only").toUpperCase(Locale.ROOT);
    try (Stand stand = new Stand()) {
      PipelineBench bench = new PipelineBench(stand);
      for (Part part : only.isEmpty() ? Part.values() : new Part[] {Part.valueOf(only)}) {
        bench.measure(part);
      }
      bench.report.tell(arguments);
    }
    System.exit(0); // Kafka's and Flink's threads would linger
  }

  private void measure(Part part) throws Exception {
    if (part == Part.SWAP) {
      swap();
      return;
    }
    if (best.isEmpty()) {
      say("writing %,d readings of %,d series", READINGS, SERIES);
      stand.write(stand.topic("readings"), SERIES, READINGS);
    }
    switch (part) {
      case THROUGHPUT -> throughput();
      case LATENCY -> latency();
      default -> forests();
    }
  }

  /** The first round finds code that is not yet compiled, and does not count where there is another. */
  private void throughput() throws Exception {
    double one = 0;
    double copyOne = 0;
    for (int round = 0; round < ROUNDS; round++) {
      run(Contender.FORECAST, 2);
      run(Contender.COPY, 2);
      one = Math.max(one, run(Contender.FORECAST, 1));
      copyOne = Math.max(copyOne, run(Contender.COPY, 1));
    }
    double ours = best.get(Contender.FORECAST);
    double copy = best.get(Contender.COPY);
    String at = "exactly once, 10,000 series, parallelism ";
    report.line(at + "2: copy", rate(copy));
    report.line(at + "2: forecast", rate(ours), "of copy's", Goal.atLeast(0.8), ours / copy);
    report.line(at + "1: copy", rate(copyOne) + Report.format(", 1 → 2: %.2f", copy / copyOne));
    report.line(at + "1: forecast", rate(one), "1 → 2:", Goal.atLeast(1.8), ours / one);
    report.figure("readingsPerSecond", Map.of("forecast", ours, "copy", copy));
    report.figure("readingsPerSecondAtOne", Map.of("forecast", one, "copy", copyOne));
  }

  private void forests() throws Exception {
    double ours = forecastRate();
    double forests = run(Contender.FOREST, 2);
    report.line(
        "the same with random cut forests",
        rate(forests),
        "ours ÷ it",
        Goal.atLeast(5),
        ours / forests);
    report.figure("forests.readingsPerSecond", forests);
  }

  private double run(Contender contender, int parallelism) throws Exception {
    double rate = throughput.of(contender, stand.settings("readings", parallelism, "exactly-once"));
    if (parallelism == 2) {
      best.merge(contender, rate, Math::max);
    }
    say("%s at parallelism %d: %s", contender.word(), parallelism, rate(rate));
    return rate;
  }

  /** Of a job that is compiled by then, be it measured alone or after the others. */
  private double forecastRate() throws Exception {
    if (!best.containsKey(Contender.FORECAST)) {
      for (int round = 0; round < ROUNDS; round++) {
        run(Contender.FORECAST, 2);
      }
    }
    return best.get(Contender.FORECAST);
  }

  private void latency() throws Exception {
    double rate = forecastRate() / 2;
    for (Contender contender : new Contender[] {Contender.COPY, Contender.FORECAST}) {
      String topic = stand.topic("live-" + contender.word());
      Settings settings = stand.settings(topic, 2, "at-least-once");
      double[] millis =
          new Latency(stand, SERIES, rate, LATENCY_WARM_SECONDS, SECONDS)
              .of(contender, settings, SHARES);
      String figure =
          Report.format("p50 %.1f, p99 %.1f, p99.9 %.1f ms", millis[0], millis[1], millis[2]);
      say("%s at %s: %s", contender.word(), rate(rate), figure);
      String work = "at least once, " + rate(rate) + ": " + contender.word();
      if (contender == Contender.FORECAST) {
        report.line(work, figure, "p99", Goal.atMost(20, " ms"), millis[1]);
      } else {
        report.line(work, figure);
      }
      report.figure(contender.word() + ".latencyMillis", millis);
    }
  }

  private void swap() throws Exception {
    long readings = (long) MANY_MINUTES * MANY_SERIES;
    say("writing %,d readings of %,d series", readings, MANY_SERIES);
    stand.write(stand.topic("many"), MANY_SERIES, readings);
    Settings settings = stand.settings("many", 2, "exactly-once", HANDOVER);
    Swap.Dip dip = new Swap(stand, MANY_SERIES, readings).of(settings, CONTEXT + 1);
    say("swap: %s before, then %s", rate(dip.usual()), dip.during());
    report.line(
        "new weights for 100,000 series, handover " + HANDOVER,
        Report.format(
            "%s before, mean of %d s %.2f", rate(dip.usual()), dip.during().size(), dip.mean()),
        "slowest 5 s",
        Goal.atLeast(0.9),
        dip.deepest());
    report.figure("swap", dip);
  }

  private static String rate(double readings) {
    return Report.format("%,.0f readings/s", readings);
  }

  private static void say(String pattern, Object... values) {
    System.out.printf(
        "%4d s  %s%n", (System.currentTimeMillis() - BEGUN) / 1000, Report.format(pattern, values));
  }
}
