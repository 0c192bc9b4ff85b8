package io.sluice.cli;

import io.sluice.cli.BeginningOption.Beginning;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code forecast}: the forecast job, here or on a cluster. */
@Command(
    name = "forecast",
    header = "Runs the forecast job: readings in, forecasts and verdicts out.",
    description = {
      "",
      "Without --cluster the job runs in this process until Ctrl-C; with it the same jar is uploaded to a Flink cluster and started there.",
      "",
      "It goes on where an earlier run stopped if that has left a checkpoint or savepoint under job.checkpoints that can be seen from here, and says which. What a killed run had not committed is forecast again: no row is lost and none is doubled.",
      "",
      "Ctrl-C stops it with a savepoint there, so that every row is committed; a second one ends it at once. What runs before it have left there goes once it has three checkpoints of its own.",
      ""
    },
    mixinStandardHelpOptions = true)
final class ForecastCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Mixin private PlaceOptions place;
  @Mixin private BeginningOption beginning;

  @Option(
      names = "--from",
      paramLabel = "PATH",
      defaultValue = "",
      description = "The savepoint or retained checkpoint to go on from, not the newest.")
  private String from;

  @Option(
      names = "--accept-loss",
      description =
          "Go on from what an earlier run left longer ago than job.transactionTimeout: its last rows may be missing.")
  private boolean acceptLoss;

  @Override
  public Integer call() throws Exception {
    if (beginning.anew() && !from.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--anew begins without the checkpoint that --from names: leave out one");
    }
    Settings settings = acceptLoss ? config.settings().acceptingLoss() : config.settings();
    if (place.here()) {
      embedded(settings);
    } else {
      submit(settings);
    }
    return 0;
  }

  private void embedded(Settings settings) throws Exception {
    Beginning begins = begins(settings);
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job(), begins.from());
    ForecastJob.wire(env, settings);
    CheckCommand.findings(settings).stream()
        .filter(finding -> finding.level() == Finding.Level.PROBLEM)
        .forEach(finding -> say("✗ " + finding.what()));
    try (EmbeddedFlink flink =
        EmbeddedFlink.start(settings.job(), place.ports(), new Configuration())) {
      EmbeddedFlink.Run run = flink.start(env, settings.job().name());
      Stay stay = new Stay(run, settings.job(), this::say);
      say(
          "forecasting %s → %s, Ctrl-C ends it"
              .formatted(settings.readings().topic(), settings.rows().topics().forecasts()));
      say(begins.said());
      say("web page: " + flink.address());
      stay.untilTheEnd();
    }
  }

  private Beginning begins(Settings settings) {
    return from.isEmpty()
        ? beginning.of(settings.job(), settings.readings().start(), place.here())
        : new Beginning(from, "going on from " + from);
  }

  private void submit(Settings settings) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("forecast", "--yaml", config.yaml()));
    if (acceptLoss) {
      arguments.add("--accept-loss");
    }
    Cluster cluster = Cluster.at(place.cluster()).without(settings.job().name());
    Beginning begins = begins(settings);
    String job = cluster.run(Program.jar(), Sluice.class.getName(), arguments, begins.from());
    say("job %s (%s) runs on %s".formatted(settings.job().name(), job, place.cluster()));
    say(begins.said());
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }
}
