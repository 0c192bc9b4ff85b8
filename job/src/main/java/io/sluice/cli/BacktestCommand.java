package io.sluice.cli;

import io.sluice.backtest.Backtest;
import io.sluice.backtest.BacktestPlan;
import io.sluice.backtest.Metrics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backtest}: the forecaster over a file. */
@Command(
    name = "backtest",
    header = "Runs the forecaster over a file and says how well it forecast and judged.",
    description = {
      "",
      "Each reading is forecast and judged before it is learnt from. Writes forecasts.csv, verdicts.csv, metrics.json and report.html, a page to look at that needs nothing but itself.",
      ""
    },
    mixinStandardHelpOptions = true)
final class BacktestCommand implements Callable<Integer> {
  private static final long TELL_EVERY = 2_000_000_000L;

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
      names = "--out",
      defaultValue = "backtest",
      paramLabel = "DIR",
      description = "Where the files go (${DEFAULT-VALUE}).")
  private Path out;

  private long told;

  @Override
  public Integer call() throws IOException {
    Backtest backtest = Backtest.of(plan());
    long start = System.nanoTime();
    told = start;
    Metrics metrics = backtest.run(done -> tell(done, backtest.readings(), start));
    metrics.write();
    backtest.report().write(command(), "./sluice explain " + file.typed() + " --at TIME", metrics);
    spec.commandLine().getOut().print(metrics.table());
    spec.commandLine().getOut().println(out.resolve("report.html"));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private BacktestPlan plan() {
    return new BacktestPlan(
        file.data,
        file.columns(Optional.empty()),
        train,
        valid,
        test,
        file.horizon,
        file.history,
        out);
  }

  private String command() {
    return "./sluice "
        + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
  }

  private void tell(int done, int of, long start) {
    long now = System.nanoTime();
    if (now - told < TELL_EVERY) {
      return;
    }
    told = now;
    double seconds = (now - start) / 1e9;
    PrintWriter out = spec.commandLine().getErr();
    out.printf(
        "%d of %d readings   %.0f a second   %.0f s left%n",
        done, of, done / seconds, seconds / done * (of - done));
    out.flush();
  }
}
