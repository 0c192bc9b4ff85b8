package io.sluice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Virtual machines of their own, of this Java and of the others beside it, on the class path of the tests. */
public record Jvm(Path home) {
  public static final String VECTORS = "--add-modules=jdk.incubator.vector";

  public static Jvm own() {
    return new Jvm(Path.of(System.getProperty("java.home")));
  }

  /** The other Javas from 17 on that are installed beside this one. */
  public static List<Jvm> others() {
    try {
      Path own = own().home.toRealPath();
      try (Stream<Path> beside = Files.list(own.getParent())) {
        return beside
            .filter(home -> !Files.isSymbolicLink(home) && !home.equals(own))
            .filter(home -> Files.isExecutable(home.resolve("bin/java")))
            .filter(Jvm::runsOurs)
            .map(Jvm::new)
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A release file says {@code JAVA_VERSION="17.0.15"}. */
  private static boolean runsOurs(Path home) {
    try {
      return Files.readAllLines(home.resolve("release")).stream()
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("\\D+", " ").trim().split(" ")[0])
          .anyMatch(version -> Integer.parseInt(version) >= 17);
    } catch (IOException e) {
      return false;
    }
  }

  /** What a main class printed as {@code digest …}, started with these options, which a machine may not know. */
  public String digest(String options, Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+IgnoreUnrecognizedVMOptions"));
    command.addAll(Arrays.stream(options.split(" ")).filter(o -> !o.isEmpty()).toList());
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    command.addAll(List.of("-cp", path, main.getName()));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return output
          .lines()
          .filter(line -> line.startsWith("digest "))
          .map(line -> line.substring("digest ".length()))
          .findFirst()
          .orElseThrow(() -> new AssertionError(command + " said " + output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
