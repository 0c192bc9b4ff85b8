package io.sluice.cli;

import io.sluice.settings.SettingsException;
import io.sluice.weights.RefusedException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** One line that says why; {@code SLUICE_TRACE=1} shows where as well. */
final class Failure implements IExecutionExceptionHandler {
  /** What Flink says of a checkpoint that the job cannot take up. */
  private static final String UNFIT = "Failed to rollback to checkpoint";

  /** What no message of makes sense to anybody else. */
  private static final Set<String> OURS =
      Set.of(
          "NullPointerException",
          "ClassCastException",
          "ArrayIndexOutOfBoundsException",
          "IndexOutOfBoundsException",
          "StringIndexOutOfBoundsException",
          "NegativeArraySizeException",
          "ArithmeticException",
          "NoSuchElementException",
          "ConcurrentModificationException",
          "UnsupportedOperationException");

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
    return words(deepest);
  }

  private static String words(Throwable failure) {
    String name = failure.getClass().getSimpleName();
    String message = Objects.requireNonNullElse(failure.getMessage(), "");
    if (failure instanceof FileSystemException refused) {
      return file(refused);
    }
    if (failure instanceof UnknownHostException) {
      return "no host is known as " + message;
    }
    if (message.startsWith(UNFIT)) {
      return "the checkpoint was written under other settings (%s): give them back, or begin without it with --anew"
          .formatted(
              message.contains("Max parallelism")
                  ? "job.maxParallelism was another"
                  : "the job had a part that it lacks now, such as feedback or weights.shadow");
    }
    if (OURS.contains(name) || message.isBlank()) {
      return "a fault of the program, %s: SLUICE_TRACE=1 shows where"
          .formatted(message.isBlank() ? name : name + ": " + firstLine(message));
    }
    return firstLine(message);
  }

  private static String file(FileSystemException refused) {
    if (refused instanceof NoSuchFileException) {
      return "there is no file " + refused.getFile();
    }
    if (refused instanceof AccessDeniedException) {
      return refused.getFile() + " may not be read or written by this user";
    }
    if (refused instanceof FileAlreadyExistsException || refused instanceof NotDirectoryException) {
      return refused.getFile() + " is a file where a folder is needed";
    }
    return "%s: %s".formatted(refused.getFile(), refused.getReason());
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
