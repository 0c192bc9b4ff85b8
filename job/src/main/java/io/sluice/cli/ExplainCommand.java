package io.sluice.cli;

import io.sluice.backtest.Explanation;
import io.sluice.backtest.Inquiry;
import io.sluice.connectors.Unreadable;
import io.sluice.connectors.files.Columns;
import io.sluice.connectors.mapping.TimeForm;
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
      "The verdict is that of `backtest` with the same file, values, horizon, history and weights, bit for bit: each forecaster's word and how much it counts, the interval and how it was widened, the level and spread that the series was known by, the readings before.",
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
      names = "--weights",
      paramLabel = "DIR",
      description = "Networks that answered, as backtest leaves them in its folder weights.")
  private Path weights;

  @Option(names = "--json", description = "As JSON, numbers in full.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Columns columns = file.columns();
    Inquiry inquiry =
        new Inquiry(columns, file.horizon, file.history, Optional.ofNullable(weights));
    Explanation explanation = inquiry.at(file.data, columns, file.series(), time(columns));
    spec.commandLine().getOut().print(json ? explanation.json() + "\n" : explanation.text());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private long time(Columns columns) {
    try {
      return columns.time().isPresent()
          ? TimeForm.ISO.millis(at)
          : (Long.parseLong(at) - 1) * MINUTE;
    } catch (Unreadable | NumberFormatException unreadable) {
      String expected = columns.time().isPresent() ? "a time as 2024-03-31T02:30:15Z" : "a row";
      throw new ParameterException(
          spec.commandLine(), "--at is \"%s\", expected %s".formatted(at, expected));
    }
  }
}
