package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** On state dicts and outputs that PyTorch wrote. */
class WeightsCheckCommandTest {
  private static final Path CHECKS = Path.of("../model/src/test/resources/weights/checks");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"seed-module", "gru-both-ways", "rnn-no-bias", "lstm-both-ways"})
  void saysThatPyTorchAgrees(String name) {
    assertThat(run(files(name, name))).isZero();
    assertThat(out.toString())
        .containsPattern("^(lstm|gru|rnn) of \\d layers? of \\d+(, both ways)?, \\d+ inputs?")
        .contains("agrees within 1.0E-5: ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void failsWhereTheOutputsAreOthers() {
    assertThat(run(files("seed-module", "seed-module", "--tolerance", "1e-12"))).isOne();
    assertThat(err.toString())
        .startsWith("sluice: ")
        .contains("differs by more than 1.0E-12: largest error")
        .hasLineCount(1);
  }

  @Test
  void failsInOneLineThatNamesTheFileThatDoesNotFit() {
    assertThat(run(files("seed-module", "gru-both-ways"))).isOne();
    assertThat(err.toString())
        .contains("gru-both-ways/in.npy: input has shape [2, 4, 3], expected")
        .hasLineCount(1);
  }

  @Test
  void namesTheExpectationThatDoesNotFitAndSaysThatThereIsNoHead() {
    List<String> call = files("gru-both-ways", "gru-both-ways");
    call.set(7, call.get(5));
    assertThat(run(call)).isOne();
    assertThat(err.toString())
        .contains("gru-both-ways/in.npy: expected outputs have shape [2, 4, 3], the network's")
        .contains("no fc or head among the tensors, so every step is expected")
        .hasLineCount(1);
  }

  @Test
  void failsInOneLineOnADirectory() {
    List<String> call = files("seed-module", "seed-module");
    call.set(3, CHECKS.toString());
    assertThat(run(call)).isOne();
    assertThat(err.toString())
        .isEqualTo("sluice: " + CHECKS + ": is a directory, expected a file\n");
  }

  @Test
  void failsInOneLineOnAFileThatIsNone() {
    List<String> call = files("seed-module", "seed-module");
    call.set(3, CHECKS.resolve("seed-module/in.npy").toString());
    assertThat(run(call)).isOne();
    assertThat(err.toString())
        .contains("seed-module/in.npy: is no safetensors file")
        .hasLineCount(1);
  }

  @Test
  void isAWrongCallWithoutItsFiles() {
    assertThat(run(List.of("weights", "check"))).isEqualTo(2);
    assertThat(run(List.of("weights"))).isEqualTo(2);
    assertThat(run(files("seed-module", "seed-module", "--tolerance", "-1"))).isEqualTo(2);
    assertThat(run(files("seed-module", "seed-module", "--tolerance", "Infinity"))).isEqualTo(2);
  }

  private static List<String> files(String weights, String samples, String... more) {
    List<String> call = new ArrayList<>(List.of("weights", "check"));
    call.addAll(List.of("--weights", CHECKS.resolve(weights + "/weights.safetensors").toString()));
    call.addAll(List.of("--input", CHECKS.resolve(samples + "/in.npy").toString()));
    call.addAll(List.of("--expect", CHECKS.resolve(samples + "/out.npy").toString()));
    call.addAll(List.of(more));
    return call;
  }

  private int run(List<String> call) {
    CommandLine line = Main.line();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(call.toArray(String[]::new));
  }
}
