package io.sluice;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What PyTorch said; {@code src/test/python/goldens.py} wrote it down, and says there what each file holds. */
public final class Golden {
  private static final Path FILES = Path.of("src/test/resources/golden");

  private final String name;
  private final SafeTensors file;

  private Golden(String name, SafeTensors file) {
    this.name = name;
    this.file = file;
  }

  /** Every network there is. */
  public static List<Golden> networks() {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .map(path -> of(path.getFileName().toString().replace(".safetensors", "")))
          .filter(golden -> golden.file.tensors().names().contains("y"))
          .sorted((a, b) -> a.name.compareTo(b.name))
          .toList();
    } catch (IOException absent) {
      throw new UncheckedIOException(absent);
    }
  }

  public static Golden of(String name) {
    try {
      return new Golden(name, SafeTensors.read(FILES.resolve(name + ".safetensors")));
    } catch (IOException absent) {
      throw new UncheckedIOException(absent);
    }
  }

  public Tensor tensor(String name) {
    return file.tensors().tensor(name);
  }

  public float[] floats(String name) {
    return tensor(name).data();
  }

  /** A word of the metadata. */
  public String word(String key) {
    return file.metadata().get(key);
  }

  /** The levels of a network of quantiles. */
  public List<Double> levels() {
    return Arrays.stream(word("levels").split(" ")).map(Double::valueOf).toList();
  }

  public Architecture architecture() {
    return new Architecture(
        CellKind.valueOf(word("cell").toUpperCase(Locale.ROOT)),
        number("inputs"),
        number("hidden"),
        number("layers"),
        Boolean.parseBoolean(word("bidirectional")),
        number("convolution"),
        head(word("head").split(" ")));
  }

  private int number(String key) {
    return Integer.parseInt(word(key));
  }

  private static Head head(String[] words) {
    int[] sizes = Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
    return switch (words[0]) {
      case "linear" -> new Head.Linear(sizes[0]);
      case "softmax" -> new Head.Softmax(sizes[0]);
      case "quantiles" -> new Head.Quantiles(sizes[0], sizes[1], sizes[2]);
      default -> new Head.None();
    };
  }

  public Weights weights() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    architecture().shapes().keySet().forEach(name -> tensors.put(name, tensor("w." + name)));
    return new Weights(architecture(), new Tensors(tensors));
  }

  /** Step by step what stands in one row of a time-major tensor. */
  public float[][] row(String name, int row) {
    int[] shape = tensor(name).shape();
    float[][] steps = new float[shape[0]][shape[2]];
    for (int t = 0; t < shape[0]; t++) {
      System.arraycopy(floats(name), (t * shape[1] + row) * shape[2], steps[t], 0, shape[2]);
    }
    return steps;
  }

  /** ‖ours − theirs‖ ≤ tolerance·‖theirs‖. */
  public static void assertClose(String name, float[] ours, float[] theirs, double tolerance) {
    assertThat(ours).as(name).hasSameSizeAs(theirs);
    double apart = 0;
    double size = 0;
    for (int k = 0; k < ours.length; k++) {
      apart += Math.pow((double) ours[k] - theirs[k], 2);
      size += Math.pow(theirs[k], 2);
    }
    assertThat(Math.sqrt(apart)).as(name).isLessThanOrEqualTo(tolerance * Math.sqrt(size));
  }

  @Override
  public String toString() {
    return name;
  }
}
