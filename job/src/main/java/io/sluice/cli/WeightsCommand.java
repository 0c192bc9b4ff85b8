package io.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weights}: released models and what can be done with them. */
@Command(
    name = "weights",
    header = "Looks after released models.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      WeightsListCommand.class,
      WeightsShowCommand.class,
      WeightsCheckCommand.class,
      WeightsImportCommand.class,
      WeightsExportCommand.class,
      WeightsPromoteCommand.class,
      WeightsRollbackCommand.class
    })
final class WeightsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine line = spec.commandLine();
    throw new ParameterException(line, "weights needs one of " + line.getSubcommands().keySet());
  }
}
