package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
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
  void aJobBeginsAnewOrFromACheckpointNotBoth() {
    assertThat(call("forecast", "--config", "x.yaml", "--anew", "--from", "chk-1")).isEqualTo(2);
    assertThat(err.toString()).contains("--anew begins without the checkpoint that --from names");
    assertThat(call("retrain", "--config", "x.yaml", "--anew", "--now")).isEqualTo(2);
    assertThat(err.toString()).contains("--anew is for the job that runs on");
  }

  @Test
  void pastsThatContradictThemselvesAreAWrongCall() {
    assertThat(call("retrain", "--config", "x.yaml", "--values", "t")).isEqualTo(2);
    assertThat(err.toString()).contains("name columns of a file: add --data");
    assertThat(call("retrain", "--config", "x.yaml", "--data", "past.csv", "--from", "earliest"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--from is a place in the topic, and --data is a file");
    for (String nowhere : List.of("yesterday", "latest")) {
      assertThat(call("retrain", "--config", "x.yaml", "--from", nowhere)).isEqualTo(2);
      assertThat(err.toString()).contains("--from is earliest or an instant", nowhere);
    }
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
    assertThat(out.toString())
        .contains("800 symbols of 1 series scored, 0 alerts: 800 normal")
        .containsPattern("markov +1.0000");
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
  void whatIsWrongWithAFileIsSaidInWords() throws Exception {
    Path file = Files.writeString(directory.resolve("a.csv"), "at,v\n1,2\n2,3\n3,x\n");
    Path folder = directory.resolve("out");
    Path cut = directory.resolve("cut.csv.gz");
    try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(cut))) {
      for (int i = 0; i < 10_000; i++) {
        zipped.write(("%d,%d\n".formatted(i, i * 7919 % 10_007)).getBytes(UTF_8));
      }
    }
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 10_000));
    Path fake = Files.writeString(directory.resolve("b.csv.gz"), "at,v\n1,2\n");

    said("there is no file nowhere.csv", "explain", "nowhere.csv", "v", "--at", "1");
    said("there is no file nowhere.csv", "backtest", "nowhere.csv", "v");
    said(file + " has no column \"w\" among [at, v]", "backtest", file.toString(), "w");
    said("line 4 of " + file + ": ", "backtest", file.toString(), "v", "--out", folder.toString());
    said(fake + " is not gzipped, as its name says", "explain", fake.toString(), "v", "--at", "1");
    said(cut + " is broken or cut off after line ", "explain", cut.toString(), "1", "--at", "9999");
    Path good = Files.writeString(directory.resolve("c.csv"), "v\n" + "1\n2\n".repeat(200));
    said(
        file + " is a file where a folder is needed",
        "backtest",
        good.toString(),
        "v",
        "--no-network",
        "--out",
        file.toString());
    said(
        "there is no file " + folder.resolve("weights"),
        "explain",
        good.toString(),
        "v",
        "--at",
        "9",
        "--weights",
        folder.resolve("weights").toString());
  }

  /** That command over that file says so in one line and ends with one. */
  private void said(String what, String command, String file, String values, String... more) {
    List<String> words = new ArrayList<>(List.of(command, "--data", file, "--values", values));
    words.addAll(List.of(more));
    err.getBuffer().setLength(0);
    assertThat(call(words.toArray(String[]::new))).as(err.toString()).isOne();
    assertThat(err.toString().lines()).singleElement().asString().startsWith("sluice: " + what);
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
  void noCommandGoesOnWithAValueThatKafkaWouldNotTake() throws Exception {
    String yaml = "kafka:\n  bootstrap: b\n  properties:\n    linger.ms: abc\n";
    String file = Files.writeString(directory.resolve("sluice.yaml"), yaml).toString();
    for (String command : List.of("check", "forecast", "retrain", "weights list")) {
      err.getBuffer().setLength(0);
      String[] words = (command + " --config " + file).split(" ");
      assertThat(call(words)).as(command).isOne();
      assertThat(err.toString())
          .isEqualTo(
              "sluice: %s, line 4: kafka.properties.linger.ms is \"abc\": Not a number of type LONG\n",
              file);
    }
  }

  @Test
  void aClusterThatIsAwayIsNamed() throws Exception {
    Path jar = Files.writeString(directory.resolve("some.jar"), "no jar");

    assertThat(
            Failure.reason(failure(() -> Cluster.at("127.0.0.1:1").run(jar, "x", List.of(), ""))))
        .isEqualTo("no Flink cluster answers at http://127.0.0.1:1");
  }

  @Test
  void aJobThatRunsOnAClusterIsNotStartedThereOnceMore() throws Exception {
    String jobs =
        """
        {"jobs": [{"jid": "a1", "name": "sluice", "state": "CANCELED"},
                  {"jid": "b2", "name": "sluice", "state": "RUNNING"},
                  {"jid": "c3", "name": "other", "state": "FINISHED"}]}
        """;
    HttpServer flink = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    flink.createContext(
        "/jobs/overview",
        asked -> {
          asked.sendResponseHeaders(200, jobs.length());
          asked.getResponseBody().write(jobs.getBytes(UTF_8));
          asked.close();
        });
    flink.start();
    Cluster cluster = Cluster.at("127.0.0.1:" + flink.getAddress().getPort());

    assertThat(Failure.reason(failure(() -> cluster.without("sluice"))))
        .startsWith("job sluice (b2) is running on http://127.0.0.1:")
        .endsWith(" already: stop it first");
    assertThat(cluster.without("other")).isSameAs(cluster);
    flink.stop(0);
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
