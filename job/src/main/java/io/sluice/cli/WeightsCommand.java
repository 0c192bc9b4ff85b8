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
    description = {
      "",
      "They lie in the topic weights.topic of the settings, to which running jobs listen. A release is a candidate until the gate, live events or a person promotes it; of those promoted the newest that is active answers, until it is rolled back. Only import, promote and rollback change anything.",
      ""
    },
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
