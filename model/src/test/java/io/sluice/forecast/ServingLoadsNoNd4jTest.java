package io.sluice.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A JVM that steps a network and prints every class it loads. */
class ServingLoadsNoNd4jTest {
  /** The program of that JVM. */
  public static void main(String[] ignored) {
    for (CellKind cell : CellKind.values()) {
      Architecture shape = new Architecture(cell, 3, 8, 2, false, 2, new Head.Quantiles(1, 2, 3));
      Network network = Network.of(shape, new RandomFloats(1).tensors(shape));
      float[] state = new float[network.stateSize()];
      network.step(state, new float[3], new float[network.outputs()], network.workspace());
    }
    System.out.println("stepped");
  }

  @Test
  void steppingANetworkLoadsNoClassOfNd4j() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    assertThat(classPath).as("ND4J could be loaded").contains("nd4j-native");
    Process process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-Xmx256m",
                    "-verbose:class",
                    "-cp",
                    classPath,
                    ServingLoadsNoNd4jTest.class.getName()))
            .redirectErrorStream(true)
            .start();
    String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(loaded).isZero();
    assertThat(loaded).contains("stepped", "io.sluice.cell.Network");
    assertThat(loaded).doesNotContain("] org.nd4j", "] org.bytedeco", "] io.sluice.training");
  }
}
