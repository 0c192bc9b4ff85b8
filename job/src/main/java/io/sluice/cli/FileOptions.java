package io.sluice.cli;

import io.sluice.connectors.files.Columns;
import io.sluice.forecast.ForecastPlan;
import io.sluice.settings.Settings;
import io.sluice.symbols.Symbols;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which file is read, and what is forecast of it. */
final class FileOptions {
  private static final List<Integer> STANDARD = List.of(1, 24, 48);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "F.csv[.gz]", description = "Readings.")
  Path data;

  @Option(
      names = "--time",
      paramLabel = "COL",
      description = "Column of the time; without one a minute passes between rows.")
  private String time;

  @Option(
      names = "--values",
      split = ",",
      paramLabel = "A,B",
      description = "Columns of the variables.")
  private List<String> values;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "The settings of a job: its model, time, surprise and alerts hold, --history is theirs and --horizon some of their leads. The columns stand in the order of their variables; covariates are columns of their names.")
  private Path config;

  @Option(
      names = "--horizon",
      split = ",",
      paramLabel = "N,N",
      description = "Steps ahead (1,24,48, or those of --config).")
  private List<Integer> horizon;

  @Option(
      names = "--history",
      defaultValue = "1200",
      paramLabel = "N",
      description =
          "Last values that the cheap forecasters learn from (${DEFAULT-VALUE}; a job's own default is 0).")
  int history;

  @Option(
      names = "--series-column",
      paramLabel = "COL",
      description = "Column of the name of the series; without one the file is one series.")
  private String seriesColumn;

  @Option(names = "--series", paramLabel = "S", description = "The series, where there are more.")
  private String series;

  @Option(
      names = "--symbols",
      split = ",",
      paramLabel = "A,B",
      description =
          "The one column of values holds symbols: these, or so many numbered from 0. A backtest's network learns the share for training once and is scored on the next symbol beside a Markov chain, the frequencies and the last symbol, in verdicts.csv, metrics.json and report.html; of a file with a --series-column, all series without --series. --horizon and --history are for numbers.")
  private List<String> symbols = List.of();

  @Option(
      names = "--top",
      defaultValue = "3",
      paramLabel = "N",
      description = "Of symbols, how many of the likeliest are named (${DEFAULT-VALUE}).")
  private int top;

  /** As they would be typed again. */
  String typed() {
    StringBuilder typed = new StringBuilder("--data " + data);
    if (time != null) {
      typed.append(" --time ").append(time);
    }
    typed.append(" --values ").append(String.join(",", values));
    if (seriesColumn != null) {
      typed.append(" --series-column ").append(seriesColumn);
    }
    if (series != null) {
      typed.append(" --series ").append(series);
    }
    if (config != null) {
      return typed + " --config " + config;
    }
    List<String> ahead = horizon(Optional.empty()).stream().map(String::valueOf).toList();
    return typed + " --horizon " + String.join(",", ahead) + " --history " + history;
  }

  /** A file cannot be read without. */
  void check() {
    if (data == null || values == null) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing required options: --data=F.csv[.gz] and --values=A,B, the file and its columns");
    }
  }

  /** The settings that are named. */
  Optional<Settings> settings() throws IOException {
    return config == null ? Optional.empty() : Optional.of(Settings.read(config));
  }

  /** What the job of the settings forecasts; none without settings. */
  Optional<ForecastPlan> production() throws IOException {
    Optional<Settings> settings = settings();
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    ForecastPlan plan = settings.get().plan();
    if (plan.variables().size() != values.size()) {
      throw new ParameterException(
          spec.commandLine(),
          "--values names %s, and %s the variables %s: one column for each, in their order"
              .formatted(values, config, plan.variables()));
    }
    return Optional.of(plan);
  }

  List<Integer> horizon(Optional<ForecastPlan> production) {
    if (horizon != null) {
      return horizon;
    }
    return production.map(plan -> plan.horizon().leads()).orElse(STANDARD);
  }

  Optional<String> series() {
    return Optional.ofNullable(series);
  }

  /** Those of the settings where there are any; names and numbers that make none are a wrong call. */
  private Symbols symbols(Optional<ForecastPlan> production) {
    if (production.isPresent() && symbols.isEmpty()) {
      return production.get().symbols();
    }
    if (production.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--symbols are those of --config: leave one out");
    }
    try {
      Symbols named = Symbols.read(symbols, top);
      if (named.any() && values.size() > 1) {
        throw new IllegalArgumentException(
            "--values names %s, and symbols stand in one column".formatted(values));
      }
      return named;
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }

  Columns columns(Optional<ForecastPlan> production) {
    return new Columns(
        Optional.ofNullable(seriesColumn),
        Optional.ofNullable(time),
        Optional.empty(),
        production.map(plan -> plan.timing().zone()).orElse(ZoneOffset.UTC),
        values,
        production.map(ForecastPlan::covariates).orElse(List.of()),
        symbols(production));
  }
}
