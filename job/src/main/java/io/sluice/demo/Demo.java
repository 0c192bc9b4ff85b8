package io.sluice.demo;

import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.job.EmbeddedFlink;
import io.sluice.job.ForecastJob;
import io.sluice.job.JobEnvironment;
import io.sluice.job.RetrainJob;
import io.sluice.settings.Settings;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The whole, for a while or until somebody stops it; leaves nothing behind but the summary. */
public final class Demo {
  static final long RETIRE_AFTER = Duration.ofHours(12).toMillis();

  /** Event time before now at which the fleet begins: it passes fast. */
  private static final Duration PAST = Duration.ofDays(400);

  private static final int STEPS_A_SECOND = 20;
  private static final long MILLIS = 1000;

  private final PrintWriter out;
  private final boolean plain;
  private final int sensors;
  private final int stepsASecond;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<String> errors = new ArrayList<>();
  private double firstForecast = -1;

  /** @param plain whole lines now and then, for logs, in place of one that is written over */
  public Demo(PrintWriter out, boolean plain) {
    this(out, plain, Fleet.SENSORS, STEPS_A_SECOND);
  }

  Demo(PrintWriter out, boolean plain, int sensors, int stepsASecond) {
    this.out = out;
    this.plain = plain;
    this.sensors = sensors;
    this.stepsASecond = stepsASecond;
  }

  /**
   * Runs until time is up or {@code stop} is called.
   *
   * @param seconds for which readings are sent; 0 for no end
   * @param directory for {@code summary.json}
   * @return whether all went well
   */
  public boolean run(long seconds, Path directory) throws Exception {
    try (Scratch scratch = Scratch.make()) {
      say("starting a Kafka broker");
      try (EmbeddedBroker broker = EmbeddedBroker.start()) {
        topics(broker);
        Settings settings = settings(broker.bootstrap(), scratch.path());
        say("starting Flink");
        try (EmbeddedFlink flink = flink(settings, scratch.path())) {
          Summary summary = watch(flink, settings, seconds);
          summary.write(directory);
          summary.lines().forEach(this::say);
          say("summary in " + directory.resolve("summary.json"));
          return summary.errors().isEmpty();
        }
      }
    } finally {
      stopped.countDown();
    }
  }

  /** Ends the demo and waits until nothing of it is left. */
  public void stop() throws InterruptedException {
    stop.countDown();
    stopped.await();
  }

  private static void topics(EmbeddedBroker broker) {
    Map<String, String> forEver = Map.of("retention.ms", "-1", "segment.ms", "2147483647000");
    for (String topic : List.of("readings", "forecasts", "verdicts", "late", "dead-letters")) {
      broker.topic(topic, topic.equals("readings") ? 2 : 1, forEver);
    }
    broker.topic("weights", 1, Map.of("cleanup.policy", "compact"));
  }

  static Settings settings(String bootstrap, Path scratch) {
    return Settings.parse(
        """
        kafka: {bootstrap: "%s"}
        readings: {series: sensor, time: at, values: {value: value}}
        weights: {handover: 1h}
        model: {hidden: 16, horizon: [1, 4, 96], history: 512, context: 48}
        time: {interval: 15m, maxGap: 6h, maxSkew: 1h, lateness: 15m, retireAfter: 12h}
        retrain: {every: 2d, history: 480, windows: 512, steps: 48, burnIn: 12, meetings: 8, ahead: 1h}
        job: {name: sluice-demo, checkpointInterval: 1s, checkpoints: "%s"}
        """
            .formatted(bootstrap, scratch.resolve("checkpoints").toUri()));
  }

  private static EmbeddedFlink flink(Settings settings, Path scratch) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.TMP_DIRS, scratch.resolve("flink").toString());
    configuration.set(WebOptions.TMP_DIR, scratch.resolve("web").toString());
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 2 * settings.job().parallelism());
    return EmbeddedFlink.start(settings.job(), "8081-8099", configuration);
  }

  private Summary watch(EmbeddedFlink flink, Settings settings, long seconds) throws Exception {
    Map<String, EmbeddedFlink.Run> jobs = start(flink, settings);
    say("web page " + flink.address() + (seconds > 0 ? "" : "   Ctrl-C ends the demo"));
    Fleet fleet = new Fleet(System.currentTimeMillis() - PAST.toMillis(), sensors);
    try (TopicWriter topic = TopicWriter.open(settings.kafka(), "readings");
        Tally tally = new Tally(settings)) {
      long begun = System.currentTimeMillis();
      long end = seconds > 0 ? begun + seconds * MILLIS : Long.MAX_VALUE;
      Live live = new Live(out, plain, begun);
      while (System.currentTimeMillis() < end && !stop.await(0, TimeUnit.MILLISECONDS)) {
        pace(fleet, topic, begun);
        look(tally, fleet);
        live.show(fleet, tally);
      }
      topic.flush();
      drain(tally, fleet);
      live.end();
      check(jobs);
      return summary(fleet, tally, (System.currentTimeMillis() - begun) / MILLIS);
    }
  }

  /** Both jobs, each in slots of its own. */
  private static Map<String, EmbeddedFlink.Run> start(EmbeddedFlink flink, Settings settings)
      throws Exception {
    String name = settings.job().name();
    StreamExecutionEnvironment forecast = JobEnvironment.of(settings.job());
    ForecastJob.wire(forecast, settings);
    StreamExecutionEnvironment retrain = JobEnvironment.of(RetrainJob.living(settings));
    RetrainJob.wire(retrain, settings);
    return Map.of(
        "forecast",
        flink.start(forecast, name),
        "retraining",
        flink.start(retrain, RetrainJob.living(settings).name()));
  }

  /** Sends what is due by now. */
  private void pace(Fleet fleet, TopicWriter topic, long begun) {
    long due = (System.currentTimeMillis() - begun) * stepsASecond / MILLIS + 1;
    for (long step = fleet.steps(); step < due; step++) {
      fleet.send(topic::write);
    }
  }

  private void look(Tally tally, Fleet fleet) {
    tally.poll(fleet.faults());
    if (firstForecast < 0 && tally.forecasts() > 0) {
      firstForecast =
          (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime())
              / (double) MILLIS;
    }
  }

  /** Waits until the job has committed what it was sent: a checkpoint or two. */
  private void drain(Tally tally, Fleet fleet) {
    long end = System.currentTimeMillis() + 20 * MILLIS;
    long before = -1;
    while (before < tally.forecasts() && System.currentTimeMillis() < end) {
      before = tally.forecasts();
      long round = System.currentTimeMillis() + 3 * MILLIS;
      while (System.currentTimeMillis() < round) {
        look(tally, fleet);
      }
    }
  }

  private void check(Map<String, EmbeddedFlink.Run> jobs) throws Exception {
    for (Map.Entry<String, EmbeddedFlink.Run> job : jobs.entrySet()) {
      JobStatus status = job.getValue().status();
      if (status != JobStatus.RUNNING) {
        errors.add("the %s job is %s".formatted(job.getKey(), status));
      }
      job.getValue().cancel().get();
    }
  }

  private Summary summary(Fleet fleet, Tally tally, long seconds) {
    if (tally.forecasts() == 0) {
      errors.add("no forecast came out");
    }
    if (tally.deadLetters() != fleet.garbled()) {
      errors.add(
          "%d readings were garbled, %d dead letters came out"
              .formatted(fleet.garbled(), tally.deadLetters()));
    }
    Findings findings = tally.findings();
    return new Summary(
        seconds,
        fleet.sensors(),
        fleet.sent(),
        tally.forecasts(),
        findings.kinds(),
        tally.deadLetters(),
        findings.past(fleet.faults()).size(),
        findings.found(fleet.faults()),
        findings.byKind(fleet.faults()),
        findings.falseAlarms(),
        findings.falseAlarmsEach(fleet.sensors(), fleet.start()),
        tally.weights().rounds(),
        tally.weights().promoted(),
        tally.byVersion(),
        firstForecast,
        errors);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
