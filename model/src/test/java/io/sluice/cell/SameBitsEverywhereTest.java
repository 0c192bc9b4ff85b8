package io.sluice.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One digest for every JVM: compiled or not, with any vectors or none, of any version. */
class SameBitsEverywhereTest {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";

  /** Short, for JVMs that emulate the fused multiply-add or do not compile. */
  private static final String AFTER_3 =
      "062e79b460f8cd17c9ac652ef76827f808034e95ef6a8282a2b8bb0840fc7e3c";

  /** Long enough for every loop to be compiled by the last compiler. */
  private static final String AFTER_2000 =
      "84ce7d1c6e33e5808c1891c31eb193b6b2836963a4c9698df9f65c2800fbb070";

  @Test
  void thisJvmGivesTheGoldenBits() {
    assertThat(LongRun.digest(3)).isEqualTo(AFTER_3);
    assertThat(LongRun.digest(2000)).isEqualTo(AFTER_2000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-XX:UseAVX=2",
        "-XX:UseAVX=3",
        "-XX:-UseSuperWord",
        VECTORS,
        VECTORS + " -XX:UseAVX=2",
        VECTORS + " -XX:UseAVX=3",
      })
  void compiledJvmsGiveTheGoldenBits(String options) {
    assertThat(digest(javaHome(), options, 2000)).isEqualTo(AFTER_2000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-Xint", "-XX:UseAVX=0", "-XX:UseAVX=1", "-XX:-UseFMA", "-XX:TieredStopAtLevel=1"})
  void slowJvmsGiveTheGoldenBits(String options) {
    assertThat(digest(javaHome(), options, 3)).isEqualTo(AFTER_3);
  }

  @Test
  void otherJavasGiveTheGoldenBits() {
    List<Path> others = otherJavas();
    assumeFalse(others.isEmpty(), "no other Java from 17 on beside " + javaHome());
    for (Path other : others) {
      assertThat(digest(other, "", 2000)).as("%s", other).isEqualTo(AFTER_2000);
      assertThat(digest(other, VECTORS, 2000)).as("%s", other).isEqualTo(AFTER_2000);
    }
  }

  private static Path javaHome() {
    return Path.of(System.getProperty("java.home"));
  }

  private static List<Path> otherJavas() {
    try (Stream<Path> beside = Files.list(javaHome().toRealPath().getParent())) {
      Path own = javaHome().toRealPath();
      return beside
          .filter(home -> !Files.isSymbolicLink(home) && !home.equals(own))
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .filter(SameBitsEverywhereTest::runsOurs)
          .toList();
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

  private static String digest(Path home, String options, int steps) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+IgnoreUnrecognizedVMOptions"));
    command.addAll(Arrays.stream(options.split(" ")).filter(o -> !o.isEmpty()).toList());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            LongRun.class.getName(),
            Integer.toString(steps)));
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
