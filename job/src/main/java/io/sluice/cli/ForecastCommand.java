package io.sluice.cli;

import io.sluice.connectors.kafka.Finding;
import io.sluice.job.EmbeddedFlink;
import io.sluice.job.ForecastJob;
import io.sluice.job.JobEnvironment;
import io.sluice.job.Sluice;
import io.sluice.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code forecast}: the forecast job, here or on a cluster. */
@Command(
    name = "forecast",
    header = "Runs the forecast job: readings in, forecasts and verdicts out.",
    description = {
      "",
      "Without --cluster the job runs in this process until Ctrl-C; with it the same jar is uploaded to a Flink cluster and started there.",
      ""
    },
    mixinStandardHelpOptions = true)
final class ForecastCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Mixin private PlaceOptions place;

  @Option(
      names = "--from",
      paramLabel = "PATH",
      defaultValue = "",
      description = "A savepoint or retained checkpoint to go on from.")
  private String from;

  @Option(
      names = "--accept-loss",
      description =
          "Go on from a checkpoint older than job.transactionTimeout, whose last rows may be missing.")
  private boolean acceptLoss;

  @Override
  public Integer call() throws Exception {
    Settings settings = acceptLoss ? config.settings().acceptingLoss() : config.settings();
    if (place.here()) {
      embedded(settings);
    } else {
      submit(settings);
    }
    return 0;
  }

  private void embedded(Settings settings) throws Exception {
    CheckCommand.findings(settings).stream()
        .filter(finding -> finding.level() == Finding.Level.PROBLEM)
        .forEach(finding -> say("✗ " + finding.what()));
    try (EmbeddedFlink flink =
        EmbeddedFlink.start(settings.job(), place.ports(), new Configuration())) {
      StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
      ForecastJob.wire(env, settings);
      EmbeddedFlink.Run run = flink.start(env, settings.job().name(), from);
      say(
          "forecasting %s → %s, Ctrl-C ends it"
              .formatted(settings.readings().topic(), settings.rows().topics().forecasts()));
      say(beginning(settings));
      say("web page: " + flink.address());
      run.await();
    }
  }

  /** Where it goes on, and how it would after its end. */
  private String beginning(Settings settings) {
    if (!from.isEmpty()) {
      return "going on from " + from;
    }
    String start = "beginning anew at readings.start, " + settings.readings().start().word();
    String checkpoints = settings.job().checkpoints();
    return checkpoints.isEmpty()
        ? start
            + "; checkpoints end with this process unless job.checkpoints says where to keep them"
        : start + "; --from goes on from a checkpoint in " + checkpoints;
  }

  private void submit(Settings settings) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("forecast", "--yaml", config.yaml()));
    if (acceptLoss) {
      arguments.add("--accept-loss");
    }
    String job =
        Cluster.at(place.cluster()).run(Program.jar(), Sluice.class.getName(), arguments, from);
    say("job %s (%s) runs on %s".formatted(settings.job().name(), job, place.cluster()));
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }
}
