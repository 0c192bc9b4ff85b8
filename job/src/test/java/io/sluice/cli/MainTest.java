package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  private int call(String... arguments) {
    return Main.line()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void everyCommandHelps() {
    assertThat(call("--help")).isZero();
    assertThat(out.toString()).contains("Exit codes: 0 done").contains("demo").contains("forecast");
    for (String command : Main.line().getSubcommands().keySet()) {
      assertThat(call(command, "--help")).as(command).isZero();
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aWrongCallIsToldWithWhatWasPerhapsMeantAndEndsWithTwo() {
    assertThat(call("forecst")).isEqualTo(2);
    assertThat(err.toString()).contains("forecst").contains("forecast").contains("--help");
    assertThat(call("forecast")).isEqualTo(2);
    assertThat(err.toString()).contains("--config");
    assertThat(call("demo", "--seconds", "-1")).isEqualTo(2);
  }

  @Test
  void pastsThatContradictThemselvesAreAWrongCall() {
    assertThat(call("retrain", "--config", "x.yaml", "--values", "t")).isEqualTo(2);
    assertThat(err.toString()).contains("name columns of a file: add --data");
    assertThat(call("retrain", "--config", "x.yaml", "--data", "past.csv", "--from", "earliest"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--from is a place in the topic, and --data is a file");
  }

  @Test
  void aBacktestOfSymbolsTakesOneColumnOfThem() throws Exception {
    assertThat(call("backtest", "--data", "x.csv", "--values", "a,b", "--symbols", "on,off"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--values names [a, b], and symbols stand in one column");
    assertThat(call("backtest", "--data", "x.csv", "--values", "a", "--symbols", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("symbols are 2 to 1000, not 1");

    Path data = Files.writeString(directory.resolve("x.csv"), "a\n" + "on\noff\n".repeat(500));
    String[] tried = {"backtest", "--data", data.toString(), "--values", "a", "--no-network"};
    String[] symbols = {"--symbols", "on,off", "--out", directory.toString()};
    assertThat(call(Stream.of(tried, symbols).flatMap(Stream::of).toArray(String[]::new)))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("800 symbols scored: 800 normal").contains("markov 1.0000");
  }

  @Test
  void aBacktestThatCannotBeIsAWrongCall() throws Exception {
    String data = Files.writeString(directory.resolve("a.csv"), "v\n1\n2\n3\n").toString();
    assertThat(call("backtest", "--data", data, "--values", "v", "--horizon", "0,2")).isEqualTo(2);
    assertThat(err.toString()).contains("leads of [0, 2] steps, expected 1 or more");
    assertThat(call("backtest", "--data", data, "--values", "v", "--train", "1.5")).isEqualTo(2);
    assertThat(err.toString()).contains("train is 1.5, expected a share below 1 or a whole number");
    assertThat(call("backtest", "--data", data, "--values", "v", "--train", "3")).isEqualTo(1);
    assertThat(err.toString()).contains("holds 3 readings, all of them within --train and --valid");
  }

  @Test
  void aFailureIsOneLineAndEndsWithOne() throws Exception {
    assertThat(call("check", "--config", "nowhere.yaml")).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("sluice: there is no file nowhere.yaml\n");

    Path file = Files.writeString(directory.resolve("sluice.yaml"), "kafka: {bootstap: x}");
    assertThat(call("forecast", "--config", file.toString())).isEqualTo(1);
    assertThat(err.toString().lines().skip(1)).singleElement().asString().contains("line 1");
  }

  @Test
  void aClusterThatIsAwayIsNamed() throws Exception {
    Path jar = Files.writeString(directory.resolve("some.jar"), "no jar");

    assertThat(
            Failure.reason(failure(() -> Cluster.at("127.0.0.1:1").run(jar, "x", List.of(), ""))))
        .isEqualTo("no Flink cluster answers at http://127.0.0.1:1");
  }

  private static Throwable failure(Callable<?> call) {
    try {
      call.call();
    } catch (Exception e) {
      return e;
    }
    throw new AssertionError("it did not fail");
  }
}
