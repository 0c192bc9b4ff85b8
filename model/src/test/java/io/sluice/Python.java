package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Debian's Python as an oracle from outside. Tests that ask it are skipped where it is not. */
public final class Python {
  private static final String PYTHON = "/usr/bin/python3";
  private static final Map<String, Boolean> PRESENT = new ConcurrentHashMap<>();

  private Python() {}

  /** Skips the test unless Python has that module. */
  public static void assumeModule(String module) {
    boolean present =
        Files.isExecutable(Path.of(PYTHON))
            && PRESENT.computeIfAbsent(
                module, name -> Result.of(List.of(PYTHON, "-c", "import " + name)).code() == 0);
    assumeTrue(present, PYTHON + " has no " + module);
  }

  /** What a script of src/test/python prints, called with these arguments. */
  public static String run(String script, Object... arguments) {
    Stream<String> words = Stream.of(arguments).map(Object::toString);
    List<String> command =
        Stream.concat(Stream.of(PYTHON, "src/test/python/" + script), words).toList();
    Result result = Result.of(command);
    assertThat(result.code()).as(result.output()).isZero();
    return result.output();
  }

  private record Result(int code, String output) {
    static Result of(List<String> command) {
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(command + " did not run", e);
      }
    }
  }
}
