package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script says without a cluster; the end-to-end test runs it with one. */
class ClusterScriptTest {
  @TempDir private Path directory;

  @Test
  void saysWhatItCanDo() {
    assertThat(call(0, "--help")).contains("build", "start", "add", "status", "stop", "--port");
  }

  @Test
  void refusesACallThatItDoesNotUnderstand() {
    assertThat(call(2, "begin")).contains("no command \"begin\"");
    assertThat(call(2, "start", "--colour", "red")).contains("no option --colour");
    assertThat(call(2, "start", "--slots", "none"))
        .contains("--slots takes a positive number, not \"none\"");
    assertThat(call(2, "start", "--slots")).contains("lacks its value");
  }

  @Test
  void saysThatNothingRuns() {
    assertThat(call(1, "status", "--dir", directory.toString()))
        .contains("no cluster was started in " + directory);
  }

  @Test
  void stoppingNothingIsNoFailure() {
    call(0, "stop", "--dir", directory.toString());
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(call(1, "start", "--dir", directory.toString(), "--port", port))
          .contains("port " + port + " is taken: give another by --port");
    }
  }

  @Test
  void saysWhichJavaIsMissing() {
    assertThat(call(1, Map.of("JAVA_HOME", "/nowhere"), "start", "--dir", directory.toString()))
        .contains("no Java", "JAVA_HOME");
  }

  private String call(int expected, String... arguments) {
    return call(expected, Map.of(), arguments);
  }

  private String call(int expected, Map<String, String> environment, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(Checkout.deploy("standalone/cluster").toString()));
    command.addAll(List.of(arguments));
    try (Child script = Child.start(directory.resolve("out"), environment, command)) {
      assertThat(script.exitCode(30)).as(script.output()).isEqualTo(expected);
      return script.output();
    }
  }
}
