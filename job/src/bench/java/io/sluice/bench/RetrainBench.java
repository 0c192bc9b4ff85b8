package io.sluice.bench;

import io.sluice.bench.Beside.Load;
import io.sluice.connectors.kafka.Start;
import io.sluice.job.EmbeddedFlink;
import io.sluice.job.JobEnvironment;
import io.sluice.job.RetrainJob;
import io.sluice.retrain.Order;
import io.sluice.settings.Settings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What learning costs those that are served beside it, and how fast it is. Broker, both jobs and whatever they start share
 * the cores: so serving is also measured beside a thread that only spins, which leaves it as many cores as training does.
 */
public final class RetrainBench {
  private static final int SERIES = 10_000;
  private static final long READINGS = 3_000_000;
  private static final int PUPILS = 500;
  private static final long LESSONS = 400L * PUPILS;
  private static final int ROUNDS = 2;
  private static final int WINDOWS = 2048;
  private static final int FEW = 2;
  private static final int MANY = 40;
  private static final long BEGUN = System.currentTimeMillis();

  private final Stand stand;
  private final Report report = new Report("Learning beside serving");

  private RetrainBench(Stand stand) {
    this.stand = stand;
  }

  /** @param arguments none, or {@code --only speed}, {@code serving} or {@code barriers}, or {@code --json F} */
  public static void main(String[] arguments) throws Exception {
    String only = Report.option(arguments, "--only");
    try (Stand stand = new Stand()) {
      RetrainBench bench = new RetrainBench(stand);
      stand.write(stand.topic("lessons"), PUPILS, LESSONS);
      if (only.isEmpty() || only.equals("speed")) {
        bench.speed();
      }
      if (only.isEmpty() || only.equals("serving")) {
        bench.beside();
      }
      if (only.isEmpty() || only.equals("barriers")) {
        bench.barriers();
      }
      bench.report.tell(arguments);
    }
    System.exit(0); // Kafka's and Flink's threads would linger
  }

  /** Passes over the same windows: a few and many, so that all that is no training falls out. A first few find no compiled code. */
  private void speed() throws Exception {
    millis(1, MANY);
    double[] rates = new double[2];
    for (int subtasks = 1; subtasks <= 2; subtasks++) {
      long passes = (long) (MANY - FEW) * WINDOWS;
      long few = millis(subtasks, FEW);
      rates[subtasks - 1] = passes * 1000.0 / (millis(subtasks, MANY) - few);
      say("%d subtasks: %,.0f windows/s", subtasks, rates[subtasks - 1]);
    }
    String work = "windows of 64 steps, H = 32, learnt from by ";
    report.line(work + "1 subtask", Report.format("%,.0f windows/s", rates[0]));
    report.line(
        work + "2 subtasks",
        Report.format("%,.0f windows/s, of one's %.2f", rates[1], rates[1] / rates[0]));
    report.figure("windowsPerSecond", Map.of("one", rates[0], "two", rates[1]));
  }

  /** A round of so many meetings over the lessons, from the job's start to its end. */
  private long millis(int subtasks, int meetings) throws Exception {
    String retrain =
        "retrain: {history: 400, windows: %d, meetings: %d}%n"
            .formatted(WINDOWS / subtasks, meetings);
    Settings settings =
        Settings.parse(stand.yaml("lessons", subtasks, "exactly-once", "0") + retrain);
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
    RetrainJob.once(env, settings, List.of(new Order(Long.MAX_VALUE, "default")), Start.EARLIEST);
    long begun = System.nanoTime();
    try (EmbeddedFlink flink = stand.flink(settings)) {
      flink.start(env, settings.job().name()).await();
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  /** The first round finds code that is not yet compiled, and does not count where a later one is better. */
  private void beside() throws Exception {
    say("writing %,d readings", READINGS);
    stand.write(stand.topic("readings"), SERIES, READINGS);
    Beside beside = new Beside(stand, READINGS);
    Map<Load, Beside.Service> best = new EnumMap<>(Load.class);
    for (int round = 0; round < ROUNDS; round++) {
      for (Load load : Load.values()) {
        Beside.Service service = beside.serve(load);
        say("serving %s: %s", load.words(), service);
        best.merge(load, service, Beside.Service::better);
      }
    }
    for (Load load : new Load[] {Load.NOTHING, Load.SPINNING}) {
      report.line("serving " + load.words(), best.get(load).toString());
    }
    Beside.Service taught = best.get(Load.LEARNING);
    String work = "serving " + Load.LEARNING.words();
    report.line(
        work,
        taught.toString(),
        "of that beside a spinning thread",
        Goal.atLeast(0.9),
        taught.rate() / best.get(Load.SPINNING).rate());
    report.line(
        work,
        "the same",
        "of that alone",
        Goal.atLeast(0.9),
        taught.rate() / best.get(Load.NOTHING).rate());
    report.line(
        "its checkpoints",
        Report.format("%.0f ms", taught.checkpoint()),
        "of those alone",
        Goal.atMost(1.5, ""),
        taught.checkpoint() / best.get(Load.NOTHING).checkpoint());
    report.figure("serving", best);
  }

  /** The first run finds code that is not yet compiled, and does not count where a later one is better. */
  private void barriers() throws Exception {
    Barriers barriers = new Barriers(stand);
    double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
    double backlog = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      for (int learning = 0; learning <= 1; learning++) {
        String topic = "barriers-" + round + "-" + learning;
        double millis = barriers.millis(topic, learning == 1);
        say("a checkpoint of the retraining job, %d rounds under way: %.0f ms", learning, millis);
        best[learning] = Math.min(best[learning], millis);
      }
      double millis = barriers.backlog("backlog-" + round);
      say("a checkpoint of the retraining job over a backlog: %.0f ms", millis);
      backlog = Math.min(backlog, millis);
    }
    tell(best[0], best[1], backlog);
  }

  private void tell(double without, double learning, double backlog) {
    String work = "checkpoints of the retraining job as readings come, ";
    report.line(work + "no round", Report.format("%.0f ms", without));
    report.line(
        work + "a round that never ends",
        Report.format("%.0f ms", learning),
        "of those without",
        Goal.atMost(1.5, ""),
        learning / without);
    report.line(
        work + "a backlog, read faster than rounds end",
        Report.format("%.0f ms", backlog),
        "of those without",
        Goal.atMost(1.5, ""),
        backlog / without);
    report.figure("barriers", Map.of("without", without, "learning", learning, "backlog", backlog));
  }

  static void say(String pattern, Object... values) {
    System.out.printf(
        "%4d s  %s%n", (System.currentTimeMillis() - BEGUN) / 1000, Report.format(pattern, values));
  }
}
