package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Broker;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.weights.Onnx;
import io.sluice.weights.Release;
import io.sluice.weights.SafeTensors;
import io.sluice.weights.Weights;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that look after releases, on a real topic, with a state dict that PyTorch wrote. */
@ExtendWith(Broker.class)
class WeightsOnATopicTest {
  private static final Path CHECKS = Path.of("../model/src/test/resources/weights/checks");
  private static final String PYTORCH =
      CHECKS.resolve("rnn-no-bias/weights.safetensors").toString();
  private static EmbeddedBroker broker;
  private static int topics;

  @TempDir private Path directory;
  private Path config;
  private String out;
  private String err;

  @BeforeEach
  void makeTopic() throws IOException {
    String topic = "weights-" + topics++;
    broker.topic(topic, 1);
    config = configured(topic);
  }

  private Path configured(String topic) throws IOException {
    return Files.writeString(
        directory.resolve(topic + ".yaml"),
        """
        kafka: {bootstrap: "%s"}
        readings: {values: {celsius: t}}
        model: {horizon: [1], calendar: []}
        weights: {topic: %s}
        """
            .formatted(broker.bootstrap(), topic));
  }

  @Test
  void sayThatTheBaselineAnswersWhileThereIsNoRelease() {
    assertThat(weights("list")).isZero();
    assertThat(out).contains("holds no release yet: the baseline answers");
  }

  @Test
  void takeAStateDictFromFileToUseAndBack() {
    assertThat(weights("import", PYTORCH, "--scales", "2.5")).isZero();
    assertThat(out)
        .isEqualTo("default version 1 is a candidate; weights promote 1 puts it into use\n");
    assertThat(weights("list")).isZero();
    assertThat(out).contains("candidate  –            rnn 3×7").doesNotContain("●");

    assertThat(weights("promote", "1", "--active-from", "2020-01-01T00:00:00Z")).isZero();
    assertThat(out).isEqualTo("default version 1 answers readings from 2020-01-01 00:00Z on\n");
    assertThat(weights("import", PYTORCH, "--promote", "--reason", "steadier")).isZero();
    assertThat(out).startsWith("default version 2 answers readings from ");
    assertThat(weights("list")).isZero();
    assertThat(out.lines().toList())
        .element(2)
        .asString()
        .startsWith("●  default        2  promoted")
        .endsWith("imported from weights.safetensors  by hand: steadier");

    assertThat(weights("rollback", "2", "--reason", "too eager")).isZero();
    assertThat(out).isEqualTo("default version 2 is rolled back; version 1 answers now\n");
    assertThat(weights("show", "2")).isZero();
    assertThat(out)
        .contains("state        rolled-back", "reason       by hand: too eager")
        .contains("inputs       celsius, celsius:change, celsius:missing, since")
        .contains("forecasts    celsius, 2.5 around 0.0 over the fleet")
        .contains("head.weight   [3, 7]");
    assertThat(weights("rollback", "1")).isZero();
    assertThat(out).contains("the baseline answers now");
    weights("import", PYTORCH);
    assertThat(weights("rollback", "3")).isZero();
    assertThat(weights("show", "3")).isZero();
    assertThat(out).contains("state        rolled-back", "reason       by hand");
  }

  @Test
  void exportTheVeryTensorsThatPyTorchWrote() throws IOException {
    Path exported = directory.resolve("v1.safetensors");
    Path onnx = directory.resolve("v1.onnx");
    weights("import", PYTORCH);
    assertThat(weights("export", "1", "--out", exported.toString())).isZero();
    assertThat(weights("export", "1", "--out", onnx.toString())).isZero();

    SafeTensors theirs = SafeTensors.read(Path.of(PYTORCH));
    SafeTensors ours = SafeTensors.read(exported);
    assertThat(ours.tensors().tensor("weight_hh_l2"))
        .isEqualTo(theirs.tensors().tensor("module.rnn.weight_hh_l2"));
    assertThat(ours.tensors().tensor("head.weight"))
        .isEqualTo(theirs.tensors().tensor("module.head.weight"));
    Release release = Release.read("v1", Files.readAllBytes(exported));
    assertThat(release.version()).isOne();
    assertThat(Files.readAllBytes(onnx)).isEqualTo(Onnx.bytes(Weights.read(exported)));

    assertThat(weights("import", exported.toString())).isZero();
    assertThat(out).startsWith("default version 2 is a candidate");
    assertThat(weights("export", "2", "--out", exported.toString())).isZero();
    assertThat(Release.read("v2", Files.readAllBytes(exported)).weights())
        .isEqualTo(release.weights());
  }

  @Test
  void sayWhatToDoWhereAReleaseCannotAnswer() {
    fails("model \"default\"", "promote", "1");
    weights("import", PYTORCH);
    fails("no version 9; it has 1 (candidate)", "show", "9");
    weights("import", PYTORCH, "--promote");
    fails("first: weights rollback 2", "promote", "1");
    fails("is promoted already", "promote", "2");
    weights("rollback", "2");
    fails("weights import F.safetensors --promote", "promote", "2");
    fails("rolled back already", "rollback", "2");
    fails("weights.model and weights.groups name [default]", "show", "1", "--model", "pumps");
  }

  @Test
  void sayWhatDoesNotFitInAFile() {
    fails("expected 3: 1 variables × 1 leads × 3 quantiles", "import", check("seed-module"));
    fails("there is no file nowhere", "import", "nowhere");
    fails("in.npy", "import", CHECKS.resolve("rnn-no-bias/in.npy").toString());
    assertThat(weights("list")).isZero();
    assertThat(out).contains("no release yet");
  }

  @Test
  void sayWhatWasWrongWithTheCall() throws IOException {
    assertThat(weights("export", "1", "--out", "model.bin")).isEqualTo(2);
    assertThat(err).contains("expected .safetensors or .onnx");
    assertThat(weights("import", PYTORCH, "--active-from", "2020-01-01T00:00:00Z")).isEqualTo(2);
    assertThat(weights("import", PYTORCH, "--scales", "1,2")).isEqualTo(2);
    assertThat(weights("promote", "one")).isEqualTo(2);
    config = configured("nowhere");
    fails("there is no topic \"nowhere\"; deploy/topics.sh makes all", "list");
  }

  private static String check(String name) {
    return CHECKS.resolve(name + "/weights.safetensors").toString();
  }

  private void fails(String reason, String... call) {
    assertThat(weights(call)).as(String.join(" ", call)).isOne();
    assertThat(err).startsWith("sluice: ").contains(reason).hasLineCount(1);
  }

  private int weights(String... call) {
    StringWriter said = new StringWriter();
    StringWriter complained = new StringWriter();
    List<String> words = new ArrayList<>(List.of("weights"));
    words.addAll(Arrays.asList(call));
    words.addAll(List.of("--config", config.toString()));
    CommandLine line = Main.line();
    line.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(complained, true));
    int code = line.execute(words.toArray(String[]::new));
    out = said.toString();
    err = complained.toString();
    return code;
  }
}
