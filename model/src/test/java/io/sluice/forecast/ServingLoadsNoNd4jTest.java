package io.sluice.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.weights.CellKind;
import io.sluice.weights.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A JVM that reads releases, forecasts with them and prints every class it loads. */
class ServingLoadsNoNd4jTest {
  /** The program of that JVM. */
  public static void main(String[] ignored) throws IOException {
    ForecastPlan plan = Plans.irregular();
    Ledger ledger = new Ledger();
    for (CellKind cell : CellKind.values()) {
      byte[] bytes = Plans.release(plan, cell, 1, 1).bytes();
      Model model = Model.of(Release.read("release", bytes), plan);
      Forecaster forecaster = new Forecaster(plan);
      Memory memory = Memory.fresh(plan);
      for (int minute = 0; minute < 20; minute++) {
        forecaster.advance(memory, Plans.reading(minute, minute % 5, minute % 7), model, ledger);
      }
      System.out.printf("%s: %s%n", cell, ledger.last().status());
    }
  }

  @Test
  void readingAReleaseAndForecastingLoadNoClassOfNd4j() throws Exception {
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
    assertThat(loaded).contains("io.sluice.cell.Network");
    for (CellKind cell : CellKind.values()) {
      assertThat(loaded).contains(cell + ": " + Status.LIVE);
    }
    assertThat(loaded).doesNotContain("] org.nd4j", "] org.bytedeco", "] io.sluice.training");
  }
}
