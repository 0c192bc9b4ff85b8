package io.sluice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Java of its own on the class path of the tests, with a folder for its passing files. Closing kills it. */
public final class Child implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long MOMENT = Duration.ofMillis(20).toNanos();

  private final Process process;
  private final Path output;
  private final Path passing;

  private Child(Process process, Path output, Path passing) {
    this.process = process;
    this.output = output;
    this.passing = passing;
  }

  /** @param folder its own: for what it says and for its passing files */
  public static Child start(Path folder, Class<?> main, String... words) throws IOException {
    Path passing = Files.createDirectories(folder.resolve("passing"));
    Path output = folder.resolve("output");
    List<String> call = new ArrayList<>();
    call.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(call::add);
    // a brief life: what compiles better would come too late
    call.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx768m"));
    call.addAll(List.of("-Djava.io.tmpdir=" + passing, "-cp"));
    call.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    call.add(main.getName());
    call.addAll(List.of(words));
    Process process =
        new ProcessBuilder(call)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(output.toFile()))
            .start();
    return new Child(process, output, passing);
  }

  /** All it has said. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has said that. */
  public void says(String words) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!output().contains(words)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("never said \"" + words + "\":\n" + output());
      }
      LockSupport.parkNanos(MOMENT);
    }
  }

  /** As Ctrl-C does. */
  public void interrupt() throws Exception {
    int code = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new AssertionError("not to be interrupted:\n" + output());
    }
  }

  /** As systems do that want it to end: SIGTERM. */
  public void end() {
    process.destroy();
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("does not end:\n" + output());
    }
    return process.exitValue();
  }

  /** How many processes it has started that run still. */
  public long children() {
    return process.descendants().count();
  }

  /** What it has left of its passing files. */
  public List<Path> left() throws IOException {
    try (var files = Files.list(passing)) {
      return files.toList();
    }
  }

  /** Kills it as a power cut does. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
