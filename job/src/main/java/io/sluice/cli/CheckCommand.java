package io.sluice.cli;

import io.sluice.connectors.kafka.BrokerCheck;
import io.sluice.connectors.kafka.Delivery;
import io.sluice.connectors.kafka.Finding;
import io.sluice.forecast.ForecastPlan;
import io.sluice.job.Retained;
import io.sluice.settings.Durations;
import io.sluice.settings.JobSettings;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code check}: a dry run. */
@Command(
    name = "check",
    header = "Says what a configuration would do, and what keeps it from doing so.",
    description = {
      "",
      "Reads the settings, asks the brokers and the registry, makes a file under job.checkpoints and removes it again, and changes nothing. Exit code 1 when a job would fail, if it could read and write what this process can.",
      ""
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Override
  public Integer call() throws Exception {
    Settings settings = config.settings();
    PrintWriter out = spec.commandLine().getOut();
    plan(settings).forEach(line -> out.println("  " + line));
    List<Finding> findings = findings(settings);
    findings.forEach(finding -> out.println(mark(finding.level()) + " " + finding.what()));
    long problems =
        findings.stream().filter(finding -> finding.level() == Finding.Level.PROBLEM).count();
    out.println(problems == 0 ? "ready" : problems + " to mend before a job can run");
    return problems == 0 ? 0 : 1;
  }

  /** What the brokers, the registry and the place of the checkpoints have to say. */
  static List<Finding> findings(Settings settings) {
    List<Finding> brokers =
        BrokerCheck.run(
            settings.kafka(),
            new BrokerCheck.Ends(
                settings.readings(), settings.rows(), settings.weights(), settings.feedback()));
    return Stream.concat(brokers.stream(), checkpoints(settings.job()).stream()).toList();
  }

  /** Nothing of the cluster's own place. */
  static Optional<Finding> checkpoints(JobSettings job) {
    if (job.folder().isEmpty()) {
      return Optional.empty();
    }
    try {
      Retained.tryOut(job);
      return found(Finding.Level.FINE, "checkpoints can be written to %s", job.folder());
    } catch (UnsupportedFileSystemSchemeException unknown) {
      return found(
          Finding.Level.WARNING,
          "job.checkpoints: nothing here writes to %s. A cluster does that has Flink's plugin for it in a folder under its plugins (for s3 flink-s3-fs-presto); a job in this process takes a folder",
          job.folder());
    } catch (IOException refused) {
      return found(
          Finding.Level.PROBLEM,
          "job.checkpoints: %s cannot be written from here (%s): name a place that the job may write, or let this user",
          job.folder(),
          Failure.reason(refused));
    }
  }

  private static Optional<Finding> found(Finding.Level level, String what, Object... of) {
    return Optional.of(new Finding(level, what.formatted(of)));
  }

  private static List<String> plan(Settings settings) {
    var plan = settings.plan();
    var topics = settings.rows().topics();
    var begins = new BeginningOption().of(settings.job(), settings.readings().start(), false);
    return List.of(
        "reads %s, a reading being %s at each series' time"
            .formatted(settings.readings().topic(), plan.variables()),
        "forecasts %s into %s, verdicts into %s"
            .formatted(foretold(plan), topics.forecasts(), topics.verdicts()),
        "takes weights of %s from %s%s"
            .formatted(
                settings.groups().models(),
                settings.weights().topic(),
                settings.feedback().isEmpty() ? "" : ", feedback from " + settings.feedback()),
        "retraining reads as \"%s\" and would hold a round every %s, learning from %d readings of each series"
            .formatted(
                settings.readings().forRetraining(settings.readings().start()).group(),
                Durations.text(settings.retrain().every()),
                settings.retrain().windows().history()),
        running(settings),
        "would start by " + begins.said());
  }

  private static String running(Settings settings) {
    JobSettings job = settings.job();
    boolean once = settings.rows().delivery().promise() == Delivery.Promise.EXACTLY_ONCE;
    return "runs as \"%s\", parallelism %d, memories on %s, %s, a checkpoint each %d ms"
        .formatted(
            job.name(),
            job.parallelism(),
            job.backend().name().toLowerCase(Locale.ROOT),
            once ? "exactly once" : "at least once",
            job.checkpointInterval().toMillis());
  }

  private static String foretold(ForecastPlan plan) {
    return plan.symbols().any()
        ? "the next of %d symbols, naming the likeliest %d"
            .formatted(plan.symbols().names().size(), plan.symbols().named())
        : "%d variables × leads %s × quantiles %s"
            .formatted(plan.variables().size(), plan.horizon().leads(), plan.horizon().quantiles());
  }

  private static String mark(Finding.Level level) {
    return switch (level) {
      case FINE -> "✓";
      case WARNING -> "!";
      case PROBLEM -> "✗";
    };
  }
}
