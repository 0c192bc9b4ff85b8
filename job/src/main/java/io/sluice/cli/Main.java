package io.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.HelpCommand;

/** The door: {@code ./sluice COMMAND}. */
@Command(
    name = "sluice",
    header = "Forecasts sensor streams on Kafka: every series keeps a recurrent memory in Flink.",
    description = {
      "",
      "Each reading moves its series' memory by one step and yields a forecast for several lead times with calibrated intervals, and a verdict on the reading itself. Exactly once, the same bits after any restart.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "First steps:",
      "  ./sluice demo                           everything at once, nothing else needed",
      "  ./sluice check --config sluice.yaml     what a configuration would do",
      "  ./sluice forecast --config sluice.yaml  forecasts from your own Kafka",
      "",
      "Exit codes: 0 done, 1 it failed (one line says why), 2 the call was wrong."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      ForecastCommand.class,
      RetrainCommand.class,
      CheckCommand.class,
      BacktestCommand.class,
      ExplainCommand.class,
      WeightsCommand.class,
      TextCommand.class,
      BenchCommand.class,
      HelpCommand.class
    })
public final class Main {
  private static final ColorScheme COLOURS =
      new ColorScheme.Builder()
          .commands(Style.bold)
          .options(Style.fg_cyan)
          .parameters(Style.fg_cyan)
          .optionParams(Style.italic)
          .build();

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs a command and says how it went. */
  static int run(String... arguments) {
    return line().execute(arguments);
  }

  static CommandLine line() {
    CommandLine line = new CommandLine(new Main());
    line.setColorScheme(COLOURS);
    line.setUsageHelpAutoWidth(true);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(new WrongCall());
    line.setExecutionExceptionHandler(new Failure());
    return line;
  }
}
