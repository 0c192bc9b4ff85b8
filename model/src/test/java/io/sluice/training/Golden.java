package io.sluice.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import io.sluice.weights.SafeTensors;
import io.sluice.weights.Tensor;
import io.sluice.weights.Tensors;
import io.sluice.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What PyTorch said; src/test/python/training_goldens.py wrote it down. */
final class Golden {
  static final List<Double> LEVELS = List.of(0.05, 0.5, 0.9);

  private final SafeTensors file;

  private Golden(SafeTensors file) {
    this.file = file;
  }

  static Golden of(String name) {
    try {
      return new Golden(
          SafeTensors.read(Path.of("src/test/resources/golden-training", name + ".safetensors")));
    } catch (IOException absent) {
      throw new UncheckedIOException(absent);
    }
  }

  Tensor tensor(String name) {
    return file.tensors().tensor(name);
  }

  float[] floats(String name) {
    return tensor(name).data();
  }

  Architecture architecture() {
    return new Architecture(
        CellKind.valueOf(file.metadata().get("cell").toUpperCase(Locale.ROOT)),
        number("inputs"),
        number("hidden"),
        number("layers"),
        file.metadata().get("bidirectional").equals("True"),
        number("convolution"),
        head());
  }

  private Head head() {
    int rows = number("rows");
    return switch (file.metadata().get("loss")) {
      case "quantile" -> new Head.Quantiles(rows / LEVELS.size(), 1, LEVELS.size());
      case "entropy" -> new Head.Softmax(rows);
      default -> rows == 0 ? new Head.None() : new Head.Linear(rows);
    };
  }

  Loss loss() {
    return switch (file.metadata().get("loss")) {
      case "quantile" -> new Loss.Quantile(LEVELS);
      case "entropy" -> new Loss.CrossEntropy(number("rows"));
      case "huber" -> new Loss.Huber(0.3);
      default -> new Loss.Squared();
    };
  }

  private int number(String key) {
    return Integer.parseInt(file.metadata().get(key));
  }

  Weights weights() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    architecture().shapes().keySet().forEach(name -> tensors.put(name, tensor("w." + name)));
    return new Weights(architecture(), new Tensors(tensors));
  }

  /** Inputs, targets and mask, all of whose targets count where there is no mask. */
  Batch batch(String x, String target, String mask) {
    int[] shape = tensor(x).shape();
    int targets = tensor(target).shape()[2];
    Batch batch = new Batch(shape[0], shape[1], shape[2], targets);
    System.arraycopy(floats(x), 0, batch.inputs, 0, batch.inputs.length);
    System.arraycopy(floats(target), 0, batch.targets, 0, batch.targets.length);
    Arrays.fill(batch.mask, 1);
    if (!mask.isEmpty()) {
      System.arraycopy(floats(mask), 0, batch.mask, 0, batch.mask.length);
    }
    batch.normalise(batch.weight());
    return batch;
  }

  /** The rows of time-major blocks, one by one. */
  Windows windows(String x, String target) {
    int steps = tensor(x).shape()[0];
    int rows = tensor(x).shape()[1];
    List<Window> windows = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      float[] mask = new float[steps];
      Arrays.fill(mask, 1);
      windows.add(new Window(row(x, row), row(target, row), mask));
    }
    return Windows.of(steps, windows);
  }

  private float[] row(String name, int row) {
    int[] shape = tensor(name).shape();
    float[] floats = new float[shape[0] * shape[2]];
    for (int t = 0; t < shape[0]; t++) {
      int from = (t * shape[1] + row) * shape[2];
      System.arraycopy(floats(name), from, floats, t * shape[2], shape[2]);
    }
    return floats;
  }

  /** ‖ours − theirs‖ ≤ tolerance·‖theirs‖. */
  static void assertClose(String name, float[] ours, float[] theirs, double tolerance) {
    assertThat(ours).as(name).hasSameSizeAs(theirs);
    double apart = 0;
    double size = 0;
    for (int k = 0; k < ours.length; k++) {
      apart += Math.pow((double) ours[k] - theirs[k], 2);
      size += Math.pow(theirs[k], 2);
    }
    assertThat(Math.sqrt(apart / size)).as(name).isLessThanOrEqualTo(tolerance);
  }
}
