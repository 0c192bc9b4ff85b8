package io.sluice.cli;

import io.sluice.backtest.Backtest;
import io.sluice.backtest.BacktestPlan;
import io.sluice.backtest.Metrics;
import io.sluice.backtest.SymbolBacktest;
import io.sluice.backtest.SymbolMetrics;
import io.sluice.connectors.files.Columns;
import io.sluice.forecast.ForecastPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backtest}: the forecaster over a file. */
@Command(
    name = "backtest",
    header = "Runs the forecaster over a file and says how well it forecast and judged.",
    description = {
      "",
      "Each reading is forecast and judged before it is learnt from. A network learns from the training part, joins the cheap forecasters, and goes on learning from what has come by then, as it would beside a running job. Writes forecasts.csv, verdicts.csv, metrics.json and report.html, a page to look at that needs nothing but itself, and the networks as weights/*.safetensors.",
      "",
      "Of symbols (--symbols) no forecasts.csv is written and nothing is told of what each forecaster took. The network learns once, from the training part, and stands in weights/ too. Several series are played in the order of their times, and so stand their rows in verdicts.csv.",
      "",
      "Of numbers it is told towards the end how many bytes of the series' memory and how much of a reading's time each forecaster, the intervals and the verdicts took in this run.",
      "",
      "At the end stand the lines of sluice.yaml with which a job says the same (of symbols all but the network, which a job learns in rounds), and the memory a series that they take: model.history above all, which a job has at 0 unless told otherwise and this command at 1200. Without --config no silence makes a series be forgotten, and with it one of time.retireAfter does, as in the job: verdicts.csv then has a row more, of kind silent.",
      ""
    },
    mixinStandardHelpOptions = true)
final class BacktestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private FileOptions file;

  @Option(
      names = "--train",
      defaultValue = "0.2",
      paramLabel = "N",
      description = "Share or rows that scale the errors and are not scored (${DEFAULT-VALUE}).")
  private double train;

  @Option(
      names = "--valid",
      defaultValue = "0",
      paramLabel = "N",
      description = "Share or rows after them, not scored either (${DEFAULT-VALUE}).")
  private double valid;

  @Option(
      names = "--test",
      defaultValue = "0",
      paramLabel = "N",
      description = "Rows after those that are scored, 0 for all (${DEFAULT-VALUE}).")
  private int test;

  @Option(
      names = "--retrain-every",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Readings between rounds in which the network learns from all before; the first is held after the training part. 0 for whenever the past has grown by half (${DEFAULT-VALUE}).")
  private int retrainEvery;

  @Option(
      names = "--no-network",
      description = "Leaves the network out: the cheap forecasters alone.")
  private boolean noNetwork;

  @Option(
      names = "--out",
      defaultValue = "backtest",
      paramLabel = "DIR",
      description = "Where the files go (${DEFAULT-VALUE}).")
  private Path out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    file.check();
    Optional<ForecastPlan> production = file.production();
    if (production.filter(plan -> plan.symbols().any()).isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "those settings tell of symbols: name them with --symbols in place of --config");
    }
    BacktestPlan plan = plan(file.columns(production), production);
    return plan.columns().symbols().any() ? symbols(plan) : numbers(plan);
  }

  private int symbols(BacktestPlan plan) throws IOException, InterruptedException {
    SymbolBacktest backtest = SymbolBacktest.of(plan);
    SymbolMetrics metrics = backtest.run(progress(backtest.readings()));
    metrics.write();
    backtest.report(metrics).write(command());
    spec.commandLine().getOut().print(metrics.table());
    spec.commandLine().getOut().print(metrics.production());
    spec.commandLine().getOut().println(out.resolve("report.html"));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private int numbers(BacktestPlan plan) throws IOException, InterruptedException {
    Backtest backtest = Backtest.of(plan);
    Metrics metrics = backtest.run(progress(backtest.readings()));
    metrics.write();
    String production = backtest.production();
    backtest.report().write(command(), explain(plan), production, metrics);
    spec.commandLine().getOut().print(metrics.table());
    spec.commandLine().getOut().print(production);
    spec.commandLine().getOut().println(out.resolve("report.html"));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private BacktestProgress progress(int readings) {
    return new BacktestProgress(spec.commandLine().getErr(), readings);
  }

  private BacktestPlan plan(Columns columns, Optional<ForecastPlan> production) {
    try {
      return new BacktestPlan(
          file.data,
          columns,
          file.series(),
          train,
          valid,
          test,
          file.horizon(production),
          file.history,
          production,
          noNetwork ? BacktestPlan.NEVER : retrainEvery(),
          out);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }

  private int retrainEvery() {
    if (retrainEvery < 0) {
      throw new ParameterException(
          spec.commandLine(), "--retrain-every is %d, expected 0 or more".formatted(retrainEvery));
    }
    return retrainEvery;
  }

  private String command() {
    return "./sluice "
        + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
  }

  private String explain(BacktestPlan plan) {
    String weights = Files.isDirectory(plan.weights()) ? " --weights " + plan.weights() : "";
    return "./sluice explain " + file.typed() + weights + " --at TIME";
  }
}
