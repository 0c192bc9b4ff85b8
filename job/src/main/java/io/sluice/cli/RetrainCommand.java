package io.sluice.cli;

import io.sluice.cli.BeginningOption.Beginning;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.job.EmbeddedFlink;
import io.sluice.job.JobEnvironment;
import io.sluice.job.RetrainJob;
import io.sluice.job.Sluice;
import io.sluice.retrain.Order;
import io.sluice.settings.JobSettings;
import io.sluice.settings.Settings;
import io.sluice.weights.Edition;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code retrain}: the job that learns, or one round over what there is. */
@Command(
    name = "retrain",
    header = "Learns from the readings and publishes the next versions of the model.",
    description = {
      "",
      "Runs until Ctrl-C and holds a round of learning at the end of each retrain.every of event time: from the readings until then it learns, measures what came of it on the last fifth of each series, and publishes. Weights that foretell better than those that answer now, and than the last value, are promoted (or measured on live events first: retrain.promote): running jobs take them up without a pause. Others are kept as a candidate with the reason.",
      "",
      "With --from, --until or --data it holds one round over what the topic holds now, or a file, and ends: --from earliest makes a new installation's first model, after which it runs on without. Each group of series (weights.groups) gets a model of its own; --model names one.",
      "",
      "The job that runs on goes on where an earlier run stopped if that has left a checkpoint under job.checkpoints; --anew begins anew.",
      "",
      "The same readings, settings and parallelism give the same weights, bit for bit.",
      ""
    },
    mixinStandardHelpOptions = true)
final class RetrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption named;

  @Mixin private PastOptions past;
  @Mixin private PlaceOptions place;
  @Mixin private BeginningOption beginning;

  @Option(
      names = "--now",
      description = "Asks the job for a round of the model now, or when it runs again, and ends.")
  private boolean now;

  @Override
  public Integer call() throws Exception {
    contradiction()
        .ifPresent(
            what -> {
              throw new ParameterException(spec.commandLine(), what);
            });
    Settings settings = named.settings();
    if (now) {
      String model = named.model(settings);
      new WeightsStore(settings.kafka(), settings.weights()).ask(model);
      say("asked for a round of %s".formatted(model));
    } else if (!place.here()) {
      submit(settings);
    } else if (past.named()) {
      once(settings);
    } else {
      live(settings);
    }
    return 0;
  }

  private Optional<String> contradiction() {
    if (beginning.anew() && (now || past.named())) {
      return Optional.of(
          "--anew is for the job that runs on: leave it out, or all that asks for one round");
    }
    return now && (past.named() || !place.here())
        ? Optional.of(
            "--now asks the job that runs, which has its past: leave out what else it says")
        : past.contradiction();
  }

  private void live(Settings settings) throws Exception {
    JobSettings job = RetrainJob.living(settings);
    Beginning begins = beginning.of(job, settings.readings().start(), true);
    StreamExecutionEnvironment env = JobEnvironment.of(job, begins.from());
    RetrainJob.wire(env, settings);
    String what = "learning from %s, Ctrl-C ends it%n".formatted(past.place(settings));
    run(settings, env, what + begins.said());
  }

  private void submit(Settings settings) throws Exception {
    List<String> words = new ArrayList<>(List.of("retrain", "--yaml", named.yaml()));
    if (past.named()) {
      words.addAll(past.words());
      named.models(settings).forEach(model -> words.addAll(List.of("--model", model)));
    }
    JobSettings job = past.named() ? RetrainJob.passing(settings) : RetrainJob.living(settings);
    Cluster cluster = Cluster.at(place.cluster()).without(job.name());
    Beginning begins =
        past.named()
            ? new Beginning("", "learning from " + past.place(settings))
            : beginning.of(job, settings.readings().start(), false);
    String id = cluster.run(Program.jar(), Sluice.class.getName(), words, begins.from());
    say("job %s (%s) runs on %s".formatted(job.name(), id, place.cluster()));
    say(begins.said());
  }

  private void once(Settings settings) throws Exception {
    Collection<String> models = named.models(settings);
    List<Order> rounds =
        models.stream().map(model -> new Order(past.cut(), model, past.fresh())).toList();
    Catalogue before = Catalogue.of(settings);
    long begun = System.nanoTime();
    StreamExecutionEnvironment env = JobEnvironment.of(RetrainJob.passing(settings));
    past.wire(env, settings, rounds);
    String what = "learning %s from %s".formatted(String.join(", ", models), past.place(settings));
    run(settings, env, what);
    long seconds = (System.nanoTime() - begun) / 1_000_000_000;
    Catalogue after = Catalogue.of(settings);
    List<Release> made =
        models.stream()
            .flatMap(model -> after.releases(model).stream().skip(before.releases(model).size()))
            .toList();
    if (made.isEmpty()) {
      throw nothing(settings, before.releases().isEmpty());
    }
    made.forEach(release -> report(release, settings, seconds));
  }

  private void run(Settings settings, StreamExecutionEnvironment env, String begins)
      throws Exception {
    Configuration more = new Configuration();
    int places = settings.retrain().ownSlots() ? 2 : 1;
    more.set(TaskManagerOptions.NUM_TASK_SLOTS, places * settings.job().parallelism());
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), place.ports(), more)) {
      String name = RetrainJob.living(settings).name();
      EmbeddedFlink.Run run = flink.start(env, name);
      say(begins);
      say("web page: " + flink.address());
      if (past.named()) {
        run.await();
      } else {
        new Stay(run, RetrainJob.living(settings), this::say).untilTheEnd();
      }
    }
  }

  /** What a round comes to that is published already is not published again. */
  private static IllegalStateException nothing(Settings settings, boolean first) {
    int least = (settings.retrain().windows().steps() + settings.plan().warmup()) * 5 / 4;
    return new IllegalStateException(
        "%s no series has the %d readings that it takes to warm up, to learn and to be measured"
            .formatted(
                first
                    ? "nothing to learn from:"
                    : "nothing new: there are weights already that have learnt from these readings or from later ones (see weights list; --fresh begins from scratch), or",
                least));
  }

  private void report(Release release, Settings settings, long seconds) {
    ZoneId zone = settings.plan().timing().zone();
    Edition edition = release.edition();
    String fate =
        edition.state() == State.PROMOTED
            ? "promoted, active from " + Wording.activeFrom(edition, zone)
            : "kept as a candidate";
    String why = edition.reason().isEmpty() ? "live events decide on it" : edition.reason();
    say(
        String.format(
            Locale.ROOT, "%s version %d is %s: %s", release.model(), release.version(), fate, why));
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
