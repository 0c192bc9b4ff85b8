package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.Broker;
import io.sluice.cell.WeightsCheck;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.settings.Settings;
import io.sluice.weights.Npy;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import io.sluice.weights.Weights;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A fresh installation, from its readings to its first model. */
@ExtendWith(Broker.class)
class RetrainCommandTest {
  private static final long START = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final int MINUTES = 500;

  /** Readings are years old, and a broker looks for old ones half a minute after its start. */
  private static final Map<String, String> FOR_EVER = Map.of("retention.ms", "-1");

  private static final Path PYTHON = Path.of("/usr/bin/python3");

  @TempDir private Path directory;
  private EmbeddedBroker broker;
  private Path config;
  private String out;
  private String err;

  @BeforeEach
  void start() throws IOException {
    broker.topic("readings", 2, FOR_EVER).topic("weights", 1);
    config =
        Files.writeString(
            directory.resolve("sluice.yaml"),
            """
            kafka: {bootstrap: "%s"}
            readings: {values: {celsius: t}}
            model: {horizon: [1, 6], calendar: [], warmup: 16, context: 16, hidden: 8}
            retrain: {history: 512, steps: 32, burnIn: 8, epochs: 5, meetings: 3, rate: 0.01}
            job: {parallelism: 2, checkpointInterval: 200ms}
            """
                .formatted(broker.bootstrap()));
  }

  @Test
  void isWarmInOneCommandAndSaysSo() throws IOException {
    assertThat(run("retrain", "--web", "0", "--from", "earliest")).isOne();
    assertThat(err).contains("nothing to learn from");

    write(Settings.read(config));
    assertThat(run("retrain", "--web", "0", "--from", "earliest")).as(err).isZero();
    assertThat(out)
        .contains("version 1 is promoted, active from 2023-11-15 06:33:20Z: ")
        .contains("better than the last value on later readings")
        .contains(" windows to 2023-11-15 06:32:20Z");
    assertThat(run("weights", "list")).isZero();
    assertThat(out).contains("●  default        1  promoted", "lstm 1×8", "from scratch");

    String[] until = {"retrain", "--web", "0", "--until", "2023-11-15T03:00:00Z"};
    assertThat(run(until)).isOne();
    assertThat(err).contains("that have learnt from these readings or from later ones");
    assertThat(run(with(until, "--fresh"))).as(err).isZero();
    assertThat(out).contains("version 2 is", "the version before", "windows to 2023-11-15 02:59");

    assertThat(run("retrain", "--fresh")).isEqualTo(2);
    assertThat(err).contains("--fresh is for one round");
    assertThat(run("retrain", "--now", "--from", "earliest")).isEqualTo(2);
    assertThat(run("retrain", "--web", "0", "--from", "earliest", "--fresh")).as(err).isZero();
    assertThat(run("weights", "show", "3")).isZero();
    assertThat(out).contains("from scratch");
    assertThat(run("retrain", "--web", "0", "--from", "earliest", "--fresh")).isOne();
    assertThat(err).contains("nothing new: there are weights already");
  }

  @Test
  void fromAnInstantItReadsWhatCameFromThereOnAndNothingBefore() throws IOException {
    broker.topic("later", 2, FOR_EVER).topic("of-later", 1).topic("of-all", 1);
    Settings settings = Settings.read(config);
    Instant instant = Instant.ofEpochMilli(START + 200 * MINUTE);
    write(settings, "readings", 0, 200);
    write(settings, "readings", 200, MINUTES);
    write(settings, "later", 200, MINUTES);

    assertThat(run("retrain", "--web", "0", "--from", instant.toString())).as(err).isZero();

    Release release = newest(settings);
    Weights all = learnt("of-all");
    String words = Files.readString(config);
    Files.writeString(config, words.replace("readings: {", "readings: {topic: later, "));
    assertThat(release.weights()).isEqualTo(learnt("of-later")).isNotEqualTo(all);
    assertThat(release.provenance().from()).isGreaterThanOrEqualTo(instant.toEpochMilli());
  }

  @Test
  void weightsFromPyTorchArePromotedAndTrainedOnAndOpenThereAgain() throws Exception {
    String words = Files.readString(config);
    String ours = "horizon: [1, 6], calendar: [], warmup: 16, context: 16, hidden: 8";
    assertThat(words).contains(ours);
    String theirs =
        "horizon: [1, 6], quantiles: [0.5], calendar: [day, week, year], warmup: 16, context: 16, hidden: 20, layers: 2";
    Files.writeString(config, words.replace(ours, theirs));
    Settings settings = Settings.read(config);
    write(settings);
    Path made = Path.of("../model/src/test/resources/weights/checks/seed-module");
    String file = made.resolve("weights.safetensors").toString();
    assertThat(run("weights", "import", file, "--promote", "--active-from", "2020-01-01T00:00:00Z"))
        .as(err)
        .isZero();

    assertThat(run("retrain", "--web", "0", "--from", "earliest")).as(err).isZero();

    Release release = newest(settings);
    assertThat(release.version()).isEqualTo(2);
    assertThat(release.provenance().parent()).isOne();
    assertThat(release.edition().state()).isEqualTo(State.PROMOTED);
    assertThat(release.edition().reason()).contains("than the version before");
    Path exported = directory.resolve("release.safetensors");
    assertThat(run("weights", "export", "2", "--out", exported.toString())).as(err).isZero();
    assertOpensInPyTorch(exported);
  }

  /** In torch.nn.LSTM, strictly, and says there what it says here. */
  private void assertOpensInPyTorch(Path release) throws Exception {
    boolean torch = Files.isExecutable(PYTHON) && python("-c", "import torch") == 0;
    assumeTrue(torch, PYTHON + " has no torch");
    assertThat(python("../model/src/test/python/run_release.py", directory.toString())).isZero();
    WeightsCheck check =
        WeightsCheck.of(
            Weights.read(release),
            Npy.read(directory.resolve("in.npy")),
            Npy.read(directory.resolve("out.npy")));
    assertThat(check.within(1e-5)).as(check.toString()).isTrue();
  }

  private static int python(String... words) throws Exception {
    List<String> call = new ArrayList<>(List.of(PYTHON.toString()));
    call.addAll(List.of(words));
    return new ProcessBuilder(call).inheritIO().start().waitFor();
  }

  private static Release newest(Settings settings) {
    List<Release> all =
        new WeightsStore(settings.kafka(), settings.weights()).contents().releases();
    return all.get(all.size() - 1);
  }

  @Test
  void hearsWhatPeopleSaidBeforeItLearns() throws IOException {
    broker.topic("feedback", 1, FOR_EVER).topic("as-ever", 1).topic("after-feedback", 1);
    Files.writeString(config, Files.readString(config) + "feedback: {topic: feedback}\n");
    write(Settings.read(config));
    Weights unheard = learnt("weights");
    assertThat(learnt("as-ever")).isEqualTo(unheard);

    say("pump-2", START + 300 * MINUTE, "maintenance");

    assertThat(learnt("after-feedback")).isNotEqualTo(unheard);
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }

  /** By the same past, into a topic of its own. */
  private Weights learnt(String topic) throws IOException {
    String all = Files.readString(config);
    Files.writeString(config, all + "weights: {topic: %s}\n".formatted(topic));
    Settings settings = Settings.read(config);
    assertThat(run("retrain", "--web", "0", "--from", "earliest")).as(err).isZero();
    Files.writeString(config, all);
    return newest(settings).weights();
  }

  private void say(String series, long time, String label) throws IOException {
    String said =
        "{\"series\": \"%s\", \"time\": %d, \"label\": \"%s\"}".formatted(series, time, label);
    try (TopicWriter writer = TopicWriter.open(Settings.read(config).kafka(), "feedback")) {
      writer.write(series.getBytes(UTF_8), said.getBytes(UTF_8), time);
      writer.flush();
    }
  }

  @Test
  void aFileIsPastEnoughAndAGroupWithoutOneInheritsTheGeneralModel() throws IOException {
    Files.writeString(
        config,
        Files.readString(config) + "weights: {groups: {'pump-3': threes, 'fan-.*': fans}}\n");
    Path file = Files.writeString(directory.resolve("past.csv"), lines());

    String[] call = {"retrain", "--web", "0", "--data", file.toString(), "--time", "at"};
    String[] columns = {"--series", "name", "--values", "t"};
    String[] words = with(call, columns);
    assertThat(run(words)).as(err).isZero();

    assertThat(out)
        .contains("default version 1 is promoted, active from 2023-11-15 06:33:20Z: ")
        .contains("fans version 1 is promoted, active from 2023-11-15 06:33:20Z: the weights of")
        .contains("default version 1: its series have nothing to learn from yet")
        .contains("threes version 1 is ");
    assertThat(run("retrain", "--web", "0", "--data", file.toString(), "--values", "t,u")).isOne();
    assertThat(err).contains("--values names [t, u], and readings.values has [celsius]");
  }

  @Test
  void seriesOfSymbolsAreLearntBetterThanAMarkovChainKnowsThem() throws IOException {
    String before = "horizon: [1, 6], calendar: []";
    String settings = Files.readString(config);
    assertThat(settings).contains(before);
    Files.writeString(
        config,
        settings
            .replace(before, "symbols: [idle, run, done], top: 1")
            .replace("epochs: 5", "epochs: 100"));
    StringBuilder lines = new StringBuilder("at,name,state\n");
    for (int minute = 0; minute < 2 * MINUTES; minute++) {
      // idle, then three times run: two symbols do not tell how often it has run
      String state = minute % 5 == 0 ? "idle" : minute % 5 == 4 ? "done" : "run";
      lines.append(START + minute * MINUTE).append(",press,").append(state).append('\n');
    }
    Path file = Files.writeString(directory.resolve("states.csv"), lines);

    String[] call = {"retrain", "--web", "0", "--data", file.toString(), "--time", "at"};
    String[] columns = {"--series", "name", "--values", "state"};
    String[] words = Arrays.copyOf(call, call.length + columns.length);
    System.arraycopy(columns, 0, words, call.length, columns.length);
    assertThat(run(words)).as(err).isZero();

    assertThat(out)
        .contains("default version 1 is promoted")
        .contains("% better than a Markov chain on later readings");
  }

  @Test
  @Timeout(120)
  void aMistakeDeepInAFileEndsItAndIsNamed() throws IOException {
    Path file = directory.resolve("mistaken.csv");
    int rows = 2_000_000;
    try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file))) {
      lines.println("t");
      for (int row = 0; row < rows; row++) {
        lines.println(row % 24);
      }
      lines.println("warm");
    }
    assertThat(run("retrain", "--web", "0", "--data", file.toString(), "--values", "t")).isOne();
    assertThat(err).contains("line %d of %s".formatted(rows + 2, file), "warm");
  }

  private static String lines() {
    StringBuilder lines = new StringBuilder("at,name,t\n");
    for (int minute = 0; minute < MINUTES; minute++) {
      for (int series = 0; series < 4; series++) {
        lines
            .append(START + minute * MINUTE)
            .append(",pump-%d,".formatted(series))
            .append(20 + Math.sin(2 * Math.PI * (minute + 5 * series) / 24))
            .append('\n');
      }
    }
    return lines.toString();
  }

  private static void write(Settings settings) {
    write(settings, "readings", 0, MINUTES);
  }

  private static void write(Settings settings, String topic, int from, int to) {
    Random random = new Random(5 + from);
    try (TopicWriter writer = TopicWriter.open(settings.kafka(), topic)) {
      for (int minute = from; minute < to; minute++) {
        for (int series = 0; series < 4; series++) {
          double wave = Math.sin(2 * Math.PI * (minute + 5 * series) / 24);
          String reading = "{\"t\": %s}".formatted(20 + wave + 0.1 * random.nextGaussian());
          writer.write(
              ("pump-" + series).getBytes(UTF_8), reading.getBytes(UTF_8), START + minute * MINUTE);
        }
      }
      writer.flush();
    }
  }

  private int run(String... call) {
    StringWriter said = new StringWriter();
    StringWriter complained = new StringWriter();
    String[] words = Arrays.copyOf(call, call.length + 2);
    words[call.length] = "--config";
    words[call.length + 1] = config.toString();
    CommandLine line = Main.line();
    line.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(complained, true));
    int code = line.execute(words);
    out = said.toString();
    err = complained.toString();
    return code;
  }
}
