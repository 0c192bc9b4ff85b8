package io.sluice.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of its own with its output in a file; closing it ends it and what it started. */
final class Child implements AutoCloseable {
  private final Process process;
  private final Path output;

  private Child(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Child start(Path output, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(Checkout.root().toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    try {
      Files.createDirectories(output.getParent());
      return new Child(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException("could not start " + command, e);
    }
  }

  /** Runs a command to its end, at most so many seconds, and returns what it printed. */
  static String run(Path output, int seconds, List<String> command) {
    try (Child child = start(output, Map.of(), command)) {
      int code = child.exitCode(seconds);
      if (code != 0) {
        throw new IllegalStateException(command + " ended with " + code + ":\n" + child.output());
      }
      return child.output();
    }
  }

  int exitCode(int seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new IllegalStateException("still running after " + seconds + " s:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks it and all that it started to end, as a terminal does. */
  void end() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  boolean runs() {
    return process.isAlive();
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      started.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
