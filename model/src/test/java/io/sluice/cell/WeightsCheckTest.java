package io.sluice.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.Python;
import io.sluice.weights.Architecture;
import io.sluice.weights.Examples;
import io.sluice.weights.Head;
import io.sluice.weights.Npy;
import io.sluice.weights.Release;
import io.sluice.weights.Tensor;
import io.sluice.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** State dicts and outputs that PyTorch wrote (state_dicts.py). */
class WeightsCheckTest {
  private static final Path GOLDEN = Path.of("src/test/resources/weights/checks");

  static List<Path> golden() throws IOException {
    return folders(GOLDEN);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void agreesWithPyTorch(Path folder) throws Exception {
    assertThat(check(folder)).matches(check -> check.within(1e-6));
  }

  @Test
  void agreesWithPyTorchForEveryKindDepthDirectionAndHead(@TempDir Path folder) throws Exception {
    Python.assumeModule("torch");
    Python.run("state_dicts.py", folder, "all");
    List<Path> all = folders(folder);
    assertThat(all).hasSize(74);
    for (Path each : all) {
      assertThat(check(each)).as(each.toString()).matches(check -> check.within(1e-5));
    }
  }

  @Test
  void aReleaseOpensInPyTorchAndGivesTheSameOutputs(@TempDir Path folder) throws Exception {
    Python.assumeModule("torch");
    Release release = Examples.release(3);
    Files.write(folder.resolve("release.safetensors"), release.bytes());
    Python.run("run_release.py", folder);
    Architecture a = release.architecture();
    Head linear = new Head.Linear(a.head().rows());
    Architecture unspread =
        new Architecture(a.cell(), a.inputs(), a.hidden(), a.layers(), false, 0, linear);
    WeightsCheck check =
        WeightsCheck.of(
            new Weights(unspread, release.tensors()),
            Npy.read(folder.resolve("in.npy")),
            Npy.read(folder.resolve("out.npy")));
    assertThat(check.within(1e-6)).as(check.toString()).isTrue();
  }

  @Test
  void saysHowFarItIsOffAndWhere() throws Exception {
    Path folder = GOLDEN.resolve("seed-module");
    Weights weights = Weights.read(folder.resolve("weights.safetensors"));
    Tensor expected = Npy.read(folder.resolve("out.npy"));
    assertThat(expected.shape()).containsExactly(5, 2);
    float[] shifted = expected.data().clone();
    shifted[7] += 0.25f;
    WeightsCheck check =
        WeightsCheck.of(
            weights, Npy.read(folder.resolve("in.npy")), new Tensor(expected.shape(), shifted));
    assertThat(check.at()).containsExactly(3, 1);
    assertThat(check.largest()).isBetween(0.2499, 0.2501);
    assertThat(check.within(0.1)).isFalse();
    assertThat(check.outputs()).isEqualTo(10);
    assertThat(check.toString()).startsWith("largest error 0.250 at [3, 1]: ");
  }

  @Test
  void isNeverWithinToleranceOfWhatIsNoNumber() throws Exception {
    Path folder = GOLDEN.resolve("seed-module");
    Tensor nothing = Tensor.zeros(5, 2);
    nothing.data()[9] = Float.NaN;
    WeightsCheck check =
        WeightsCheck.of(
            Weights.read(folder.resolve("weights.safetensors")),
            Npy.read(folder.resolve("in.npy")),
            nothing);
    assertThat(check.at()).containsExactly(4, 1);
    assertThat(check.within(1e30)).isFalse();
  }

  @Test
  void saysWhichShapeDoesNotFit() throws Exception {
    Path folder = GOLDEN.resolve("seed-module");
    Weights weights = Weights.read(folder.resolve("weights.safetensors"));
    Tensor input = Npy.read(folder.resolve("in.npy"));
    assertThatThrownBy(() -> WeightsCheck.of(weights, Tensor.zeros(5, 7, 9), input))
        .hasMessage("input has shape [5, 7, 9], expected (batch, steps, 10)");
    assertThatThrownBy(() -> WeightsCheck.of(weights, input, Tensor.zeros(5, 7, 2)))
        .hasMessage("expected outputs have shape [5, 7, 2], the network's have [5, 2]");
  }

  private static WeightsCheck check(Path folder) throws IOException {
    return WeightsCheck.of(
        Weights.read(folder.resolve("weights.safetensors")),
        Npy.read(folder.resolve("in.npy")),
        Npy.read(folder.resolve("out.npy")));
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.sorted().toList();
    }
  }
}
