package io.sluice.cli;

import io.sluice.connectors.files.Columns;
import io.sluice.connectors.kafka.Start;
import io.sluice.forecast.ForecastPlan;
import io.sluice.job.RetrainJob;
import io.sluice.retrain.Order;
import io.sluice.settings.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Option;

/** The options that name a past to learn from, in the topic of readings or in a file. */
final class PastOptions {
  private static final String EARLIEST = "earliest";

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description =
          "One round over the topic's records from there on: earliest, or an instant such as 2026-01-01T00:00:00Z.")
  private String from;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description =
          "One round; event time of the last reading that may be learnt from. Where the weights in use know later ones, only with --fresh.")
  private Instant until;

  @Option(
      names = "--data",
      paramLabel = "F.csv[.gz]",
      description = "One round over a file instead of the topic.")
  private Path data;

  @Option(
      names = "--fresh",
      description =
          "That round begins from scratch, not from the weights in use; it has to beat them all the same.")
  private boolean fresh;

  @Option(
      names = "--series",
      paramLabel = "COL",
      description =
          "Column of the series; without one all rows are of the one the file is named after.")
  private String series;

  @Option(
      names = "--time",
      paramLabel = "COL",
      description = "Column of the time; without one a minute passes between rows.")
  private String time;

  @Option(
      names = "--values",
      split = ",",
      paramLabel = "A,B",
      description =
          "Columns of the variables, in the order of the settings; by default those of their names.")
  private List<String> values;

  /** Whether there is one; otherwise learning goes on for ever. */
  boolean named() {
    return from != null || until != null || data != null;
  }

  /** What does not go together in the call, if anything. */
  Optional<String> contradiction() {
    boolean columns = series != null || time != null || values != null;
    if (columns && data == null) {
      return Optional.of("--series, --time and --values name columns of a file: add --data");
    }
    if (fresh && !named()) {
      return Optional.of("--fresh is for one round: add --from, --until or --data");
    }
    if (from != null && !from.equals(EARLIEST) && !isInstant(from)) {
      return Optional.of(
          "--from is earliest or an instant such as 2026-01-01T00:00:00Z, not \"%s\""
              .formatted(from));
    }
    return data != null && from != null
        ? Optional.of("--from is a place in the topic, and --data is a file: leave one out")
        : Optional.empty();
  }

  private static boolean isInstant(String word) {
    try {
      Instant.parse(word);
      return true;
    } catch (DateTimeParseException none) {
      return false;
    }
  }

  boolean fresh() {
    return fresh;
  }

  long cut() {
    return until == null ? Long.MAX_VALUE : until.toEpochMilli();
  }

  String place(Settings settings) {
    return data == null ? settings.readings().topic() : data.toString();
  }

  /** The same for the entry of a cluster, which has the topic but not this machine's files. */
  List<String> words() {
    if (data != null) {
      throw new IllegalStateException(
          "a cluster does not see %s: leave out --cluster, or --data".formatted(data));
    }
    return List.of(
        "--from", start(), "--until", Long.toString(cut()), "--fresh", Boolean.toString(fresh));
  }

  private String start() {
    return from == null ? EARLIEST : from;
  }

  void wire(StreamExecutionEnvironment env, Settings settings, List<Order> rounds) {
    if (data == null) {
      RetrainJob.once(env, settings, rounds, new Start(start()));
    } else {
      RetrainJob.once(env, settings, rounds, new RetrainJob.Past(data, columns(settings.plan())));
    }
  }

  private Columns columns(ForecastPlan plan) {
    List<String> named = values == null ? plan.variables() : values;
    if (named.size() != plan.variables().size()) {
      throw new IllegalStateException(
          "--values names %s, and readings.values has %s: expected a column for each"
              .formatted(named, plan.variables()));
    }
    return new Columns(
        Optional.ofNullable(series),
        Optional.ofNullable(time),
        Optional.empty(),
        plan.timing().zone(),
        named,
        plan.covariates(),
        plan.symbols());
  }
}
