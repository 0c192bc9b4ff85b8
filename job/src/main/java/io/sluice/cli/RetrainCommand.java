package io.sluice.cli;

import io.sluice.connectors.kafka.Start;
import io.sluice.job.EmbeddedFlink;
import io.sluice.job.JobEnvironment;
import io.sluice.job.RetrainJob;
import io.sluice.retrain.Task;
import io.sluice.settings.Settings;
import io.sluice.weights.Edition;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code retrain}: one round of learning from the readings that are there. */
@Command(
    name = "retrain",
    header = "Learns from the readings in Kafka and publishes the next version of the model.",
    description = {
      "",
      "Reads what the topic of readings holds now, learns from it, measures what came of it on the last fifth of each series, and ends. Weights that foretell better than those that answer now, and than the last value, are promoted: running jobs take them up without a pause. Others are kept as a candidate with the reason.",
      "",
      "The same readings, settings and parallelism give the same weights, bit for bit.",
      ""
    },
    mixinStandardHelpOptions = true)
final class RetrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption named;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      defaultValue = "earliest",
      description =
          "Where in the topic to begin: earliest, or records of an instant such as 2026-01-01T00:00:00Z and later (${DEFAULT-VALUE}).")
  private String from;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = "Event time of the last reading that may be learnt from; by default all may.")
  private Instant until;

  @Option(
      names = "--web",
      paramLabel = "PORTS",
      defaultValue = "8081-8099",
      description = "Ports for the web page of the embedded Flink (${DEFAULT-VALUE}).")
  private String ports;

  @Override
  public Integer call() throws Exception {
    Settings settings = named.settings();
    String model = named.model(settings);
    long cut = until == null ? Long.MAX_VALUE : until.toEpochMilli();
    Task task = RetrainJob.task(settings, model, cut);
    say(
        "learning version %d of %s from %s"
            .formatted(task.version(), model, settings.readings().topic()));
    long begun = System.nanoTime();
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), ports, new Configuration())) {
      StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
      RetrainJob.wire(env, settings, task, new Start(from));
      EmbeddedFlink.Run run = flink.start(env, settings.job().name() + "-retrain", "");
      say("web page: " + flink.address());
      run.await();
    }
    long seconds = (System.nanoTime() - begun) / 1_000_000_000;
    report(Catalogue.of(settings), task, settings.plan().timing().zone(), seconds);
    return 0;
  }

  private void report(Catalogue catalogue, Task task, ZoneId zone, long seconds) {
    Release release =
        catalogue.releases(task.model()).stream()
            .filter(one -> one.version() == task.version())
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "nothing to learn from: no series has the %d readings that it takes to warm up, to learn and to be measured"
                            .formatted((task.settings().steps() + task.plan().warmup()) * 5 / 4)));
    Edition edition = release.edition();
    String fate =
        edition.state() == State.PROMOTED
            ? "promoted, active from " + Wording.activeFrom(edition, zone)
            : "kept as a candidate";
    say(
        String.format(
            Locale.ROOT, "version %d is %s: %s", release.version(), fate, edition.reason()));
    say(
        String.format(
            Locale.ROOT,
            "%,d windows to %s, %d s",
            release.provenance().windows(),
            Wording.time(release.provenance().to(), zone),
            seconds));
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }
}
