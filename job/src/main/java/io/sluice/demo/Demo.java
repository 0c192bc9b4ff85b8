package io.sluice.demo;

import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.job.EmbeddedFlink;
import io.sluice.job.ForecastJob;
import io.sluice.job.JobEnvironment;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import io.sluice.weights.State;
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
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The whole, for a while or until somebody stops it; leaves nothing behind but the summary. */
public final class Demo {
  static final long RETIRE_AFTER = Duration.ofHours(12).toMillis();

  /** Event time before now at which the fleet begins: it passes fast. */
  private static final Duration PAST = Duration.ofDays(400);

  private static final int STEPS_A_SECOND = 10;
  private static final long MILLIS = 1000;

  private final PrintWriter out;
  private final boolean plain;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<String> errors = new ArrayList<>();
  private double firstForecast = -1;

  /** @param plain whole lines now and then, for logs, in place of one that is written over */
  public Demo(PrintWriter out, boolean plain) {
    this.out = out;
    this.plain = plain;
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
          tell(summary, directory);
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
        model: {horizon: [1, 4, 96], history: 512, context: 48}
        time: {interval: 15m, maxGap: 6h, maxSkew: 1h, lateness: 15m, retireAfter: 12h}
        job: {name: sluice-demo, checkpointInterval: 1s, checkpoints: "%s"}
        """
            .formatted(bootstrap, scratch.resolve("checkpoints").toUri()));
  }

  private static EmbeddedFlink flink(Settings settings, Path scratch) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.TMP_DIRS, scratch.resolve("flink").toString());
    configuration.set(WebOptions.TMP_DIR, scratch.resolve("web").toString());
    return EmbeddedFlink.start(settings.job(), "8081-8099", configuration);
  }

  private Summary watch(EmbeddedFlink flink, Settings settings, long seconds) throws Exception {
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
    ForecastJob.wire(env, settings);
    EmbeddedFlink.Run run = flink.start(env, settings.job().name(), "");
    say("web page " + flink.address() + (seconds > 0 ? "" : "   Ctrl-C ends the demo"));
    Fleet fleet = new Fleet(System.currentTimeMillis() - PAST.toMillis(), Fleet.SENSORS);
    try (TopicWriter topic = TopicWriter.open(settings.kafka(), "readings");
        Tally tally = new Tally(settings.kafka().bootstrap())) {
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
      check(run);
      return summary(settings, fleet, tally, (System.currentTimeMillis() - begun) / MILLIS);
    }
  }

  /** Sends what is due by now. */
  private static void pace(Fleet fleet, TopicWriter topic, long begun) {
    long due = (System.currentTimeMillis() - begun) * STEPS_A_SECOND / MILLIS + 1;
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

  private void check(EmbeddedFlink.Run run) throws Exception {
    JobStatus status = run.status();
    if (status != JobStatus.RUNNING) {
      errors.add("the forecast job is " + status);
    }
    run.cancel().get();
  }

  private Summary summary(Settings settings, Fleet fleet, Tally tally, long seconds) {
    List<Long> promoted =
        new WeightsStore(settings.kafka(), settings.weights())
            .contents().releases().stream()
                .filter(release -> release.edition().state() == State.PROMOTED)
                .map(Release::version)
                .toList();
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
        promoted,
        firstForecast,
        errors);
  }

  private void tell(Summary summary, Path directory) {
    say(
        "%,d readings of %d sensors in, %,d forecasts out; first after %.1f s"
            .formatted(
                summary.readingsIn(), summary.series(), summary.forecastsOut(), firstForecast));
    say("%d of %d injected faults found".formatted(summary.found(), summary.faults()));
    summary
        .byKind()
        .forEach(
            (kind, share) ->
                say(
                    "  %-9s %d of %d, %d called so"
                        .formatted(kind, share.found(), share.injected(), share.named())));
    say(
        "%d false alarms, %.2f a series and month of the fleet's clock"
            .formatted(
                summary.falseAlarms().values().stream().mapToLong(Long::longValue).sum(),
                summary.falseAlarmsEach()));
    summary.errors().forEach(error -> say("error: " + error));
    say("summary in " + directory.resolve("summary.json"));
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
