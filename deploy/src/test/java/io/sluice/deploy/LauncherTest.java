package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./sluice} in a checkout of its own, with a {@code mvn} whose jar says what the sources said and a {@code java} that
 * says what its jar says, and once more when it is let go on.
 */
class LauncherTest {
  private static final String MAVEN =
      """
      #!/bin/sh
      t=ROOT/job/target
      mkdir -p $t/flink $t/training
      touch $t/flink/flink.jar $t/training/nd4j.jar
      echo half >$t/sluice.jar
      grep -q broken ROOT/model/src/main/Source && { echo '[ERROR] broken' >&2; exit 1; }
      cat ROOT/model/src/main/Source >$t/sluice.jar
      echo built >>ROOT/builds
      """;

  private static final String JAVA =
      """
      #!/bin/sh
      while [ "$1" != -cp ]; do echo "$1" >>ROOT/words; shift; done
      jar=${2%%:*}
      cat $jar
      [ "$4" != waits ] || { while [ ! -e ROOT/go ]; do sleep 0.05; done; cat $jar; }
      [ "$4" != talks ] || { trap 'echo last words >&2; exit 1' TERM; echo talks >&2; }
      while [ "$4" = talks ]; do sleep 0.05; done
      """;

  @TempDir private Path root;

  @BeforeEach
  void checkOut() throws IOException {
    Files.copy(Checkout.root().resolve("sluice"), root.resolve("sluice"));
    for (String module : List.of("model", "connectors", "job")) {
      Files.createDirectories(root.resolve(module + "/src/main"));
      Files.createFile(root.resolve(module + "/pom.xml"));
    }
    Files.createFile(root.resolve("pom.xml"));
    script("bin/mvn", MAVEN);
    script("jdk/bin/java", JAVA);
    script("jdk/bin/javac", "#!/bin/sh\n");
    Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    says("one");
  }

  @Test
  void buildsOnceAfterEachChangeOfTheSources() throws IOException {
    assertThat(run()).endsWith("one\n");
    assertThat(run()).isEqualTo("one\n");
    says("two");
    assertThat(run()).endsWith("two\n");
    assertThat(Files.readAllLines(root.resolve("builds"))).hasSize(2);
  }

  @Test
  void theJvmCollectsYoungObjectsBrieflyAndHearsWhatSluiceJvmSays() throws IOException {
    run();
    assertThat(Files.readAllLines(root.resolve("words")))
        .containsSubsequence("-XX:+UseParallelGC", "-XX:MaxNewSize=512m", "-Xss3m", "-Dword=two");
  }

  @Test
  void whatRunsIsNotTouchedByABuildAndIsClearedAwayOnceItHasEnded() throws IOException {
    run();
    Path first = programs().get(0);
    try (Child running = start("running", "waits")) {
      Await.until("it runs", 20, () -> Optional.of(running.output()).filter("one\n"::equals));
      says("two");
      assertThat(run()).endsWith("two\n");
      assertThat(programs()).hasSize(2).contains(first);
      Files.createFile(root.resolve("go"));
      assertThat(running.exitCode(20)).isZero();
      assertThat(running.output()).isEqualTo("one\none\n");
    }
    says("three");
    assertThat(run()).endsWith("three\n");
    assertThat(programs()).hasSize(1).doesNotContain(first);
  }

  @Test
  void ofABuildThatWasCutOffNothingRuns() throws IOException {
    run();
    says("broken");
    try (Child failed = start("failed", "")) {
      assertThat(failed.exitCode(20)).isOne();
      assertThat(failed.output()).contains("the build failed").doesNotContain("half", "one");
    }
    says("mended");
    assertThat(run()).endsWith("mended\n");
  }

  @Test
  void whatTheProgramSaysOfItsEndIsHeardWhereAllOfItsProcessesWereAskedToEnd() {
    run();
    try (Child child = start("talking", "talks")) {
      Await.until("it talks", 20, () -> Optional.of(child.output()).filter("one\ntalks\n"::equals));
      child.end();
      assertThat(child.exitCode(20)).isOne();
      Await.until(
          "it is heard", 20, () -> Optional.of(child.output()).filter(o -> o.endsWith("words\n")));
    }
  }

  private List<Path> programs() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("job/target/programs"))) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  /** Sources are told from the build by their time, which some file systems know to the second. */
  private void says(String what) throws IOException {
    Path source = root.resolve("model/src/main/Source");
    boolean first = Files.notExists(source);
    Files.writeString(source, what + "\n");
    Path built = root.resolve("job/target/sluice.built");
    if (!first && Files.exists(built)) {
      Instant before = Files.getLastModifiedTime(source).toInstant().minusSeconds(5);
      Files.setLastModifiedTime(built, FileTime.from(before));
      Files.setLastModifiedTime(root.resolve("job/target/programs/current"), FileTime.from(before));
    }
  }

  private String run() {
    try (Child child = start("out", "")) {
      assertThat(child.exitCode(20)).as(child.output()).isZero();
      return child.output();
    }
  }

  private Child start(String name, String word) {
    String path = root.resolve("bin") + ":" + System.getenv("PATH");
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            root.resolve("jdk").toString(),
            "PATH",
            path,
            "SLUICE_JVM",
            "-Xss3m -Dword=two");
    return Child.start(
        root.resolve(name), environment, List.of(root.resolve("sluice").toString(), word));
  }

  private void script(String name, String text) throws IOException {
    Path script = root.resolve(name);
    Files.createDirectories(script.getParent());
    Files.writeString(script, text.replace("ROOT", root.toString()));
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }
}
