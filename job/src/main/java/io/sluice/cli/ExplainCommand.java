package io.sluice.cli;

import io.sluice.backtest.Explanation;
import io.sluice.backtest.Inquiry;
import io.sluice.backtest.Inquiry.Question;
import io.sluice.connectors.Unreadable;
import io.sluice.connectors.files.Columns;
import io.sluice.connectors.mapping.TimeForm;
import io.sluice.forecast.ForecastPlan;
import io.sluice.job.Recollection;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code explain}: why one reading was judged as it was. */
@Command(
    name = "explain",
    header = "Plays a series again until one reading and shows what went into its verdict.",
    description = {
      "",
      "The verdict is that of `backtest` with the same file, values, horizon, history and weights, bit for bit: each forecaster's word and how much it counts, the interval and how it was widened, the level and spread that the series was known by, the readings before, and what each test of the verdict saw. Of a symbol: its probability and how many were likelier, those that were named, and what the chain and the network each gave to them.",
      "",
      "Without --data it is that of a job: --config and --series name the topic and the series, which is played from the topic's beginning; it is the job's as long as the topic holds all that the job has read. Where the topic has forgotten some of it, --savepoint names what the job had remembered by some time before, and the topic, and what people said, is played from there. Where the job's own row is still there, the two are held against each other.",
      "",
      "The job's own rows, where they can be read, tell which weights answered, though they be superseded or rolled back since; without them weights go by activeFrom, and those rolled back count for what came before. What people said of alerts is heard after the readings whose rows were written by then (those without a row: that had come by then). By time.order: arrival readings go as they stand in their partition, and by event-time in the order of their time, less those that the job's topics of late readings and dead letters name. Notes tell how many readings had no row that names weights, and which topics could not be read.",
      ""
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private static final long MINUTE = 60_000;

  @Spec private CommandSpec spec;

  @Mixin private FileOptions file;

  @Option(
      names = "--at",
      required = true,
      paramLabel = "TIME",
      description = "Time of the reading, ISO-8601; its row, from 1, in a file without times.")
  private String at;

  @Option(
      names = "--which",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Which of several readings of that time, from 1: symbols may come at once (${DEFAULT-VALUE}).")
  private int which;

  @Option(
      names = "--weights",
      paramLabel = "DIR",
      description =
          "Networks that answered, as backtest leaves them in its folder weights; of a job, those that its topic has lost, as `weights export` wrote them.")
  private Path weights;

  @Option(
      names = "--savepoint",
      paramLabel = "PATH",
      description =
          "A savepoint or retained checkpoint of the job from before that reading; with --config and without --data.")
  private String savepoint;

  @Option(names = "--json", description = "As JSON, numbers in full.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (savepoint != null && file.data != null) {
      throw new ParameterException(
          spec.commandLine(), "--savepoint is of a job and --data a file: leave one out");
    }
    Explanation explanation = file.data == null ? ofTopic() : ofFile();
    spec.commandLine().getOut().print(json ? explanation.json() + "\n" : explanation.text());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Explanation ofTopic() throws Exception {
    Optional<Settings> settings = file.settings();
    if (settings.isEmpty() || file.series().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing required options: --data=F.csv[.gz] and --values=A,B for a file, or --config=FILE and --series=S for a topic");
    }
    return Inquiry.of(
        settings.get(),
        question(instant()),
        remembered(settings.get()),
        Optional.ofNullable(weights));
  }

  /** What the savepoint knows of the series; empty where none is named. */
  private Optional<Recollection> remembered(Settings settings) throws Exception {
    if (savepoint == null) {
      return Optional.empty();
    }
    String series = file.series().orElseThrow();
    Optional<Recollection> memory = Recollection.of(settings, series, savepoint);
    if (memory.isEmpty()) {
      throw new IllegalStateException(
          "%s has not heard of series \"%s\": name a later one, or none"
              .formatted(savepoint, series));
    }
    return memory;
  }

  private Explanation ofFile() throws IOException {
    file.check();
    Optional<ForecastPlan> production = file.production();
    Columns columns = file.columns(production);
    Optional<Path> networks = Optional.ofNullable(weights);
    Inquiry inquiry =
        production.isPresent()
            ? new Inquiry(production.get(), networks)
            : new Inquiry(columns, file.horizon(production), file.history, networks);
    return inquiry.at(file.data, columns, question(time(columns)));
  }

  private Question question(long time) {
    try {
      return new Question(file.series(), time, which);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--which: " + wrong.getMessage(), wrong);
    }
  }

  private long time(Columns columns) {
    if (columns.time().isPresent()) {
      return instant();
    }
    try {
      return (Long.parseLong(at) - 1) * MINUTE;
    } catch (NumberFormatException unreadable) {
      throw misread("a row");
    }
  }

  private long instant() {
    try {
      return TimeForm.ISO.millis(at);
    } catch (Unreadable unreadable) {
      throw misread("a time as 2024-03-31T02:30:15Z");
    }
  }

  private ParameterException misread(String expected) {
    return new ParameterException(
        spec.commandLine(), "--at is \"%s\", expected %s".formatted(at, expected));
  }
}
