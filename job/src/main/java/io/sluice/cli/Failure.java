package io.sluice.cli;

import io.sluice.settings.SettingsException;
import io.sluice.weights.RefusedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** One line that says why; {@code SLUICE_TRACE=1} shows where as well. */
final class Failure implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    command.getErr().println("sluice: " + reason(failure));
    if (System.getenv("SLUICE_TRACE") != null) {
      failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** What we say ourselves stands; of what frameworks throw, the innermost cause says most. */
  static String reason(Throwable failure) {
    if (failure instanceof SettingsException
        || failure instanceof RefusedException
        || failure instanceof IllegalStateException) {
      return firstLine(failure.getMessage());
    }
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    String name = deepest.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : name + ": " + firstLine(message);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
