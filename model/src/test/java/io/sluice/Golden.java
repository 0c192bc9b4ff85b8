package io.sluice;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import io.sluice.weights.SafeTensors;
import io.sluice.weights.Tensor;
import io.sluice.weights.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What PyTorch computed, as {@code src/test/python/goldens.py} wrote it down: the answers to the last steps of each series,
 * and the gradients of the mean squared error.
 *
 * @param x (series, steps, inputs)
 * @param y (series, answers, outputs), as is {@code target}
 * @param gradients of the weights, by their names, and of {@code x}
 */
public record Golden(
    String name, Architecture architecture, Tensors weights, Tensors gradients, Tensors samples) {

  /** Every golden there is. */
  public static List<Golden> all() {
    try (Stream<Path> files = Files.list(Path.of(Golden.class.getResource("/golden").toURI()))) {
      return files.filter(Files::isRegularFile).sorted().map(Golden::read).toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Golden read(Path file) {
    try {
      SafeTensors golden = SafeTensors.read(file);
      return new Golden(
          file.getFileName().toString(),
          architecture(golden.metadata()),
          under("weights.", golden.tensors()),
          under("gradients.", golden.tensors()),
          golden.tensors());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Tensors under(String prefix, Tensors tensors) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    tensors
        .byName()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), tensor);
              }
            });
    return new Tensors(found);
  }

  private static Architecture architecture(Map<String, String> said) {
    return new Architecture(
        CellKind.valueOf(said.get("cell").toUpperCase(Locale.ROOT)),
        Integer.parseInt(said.get("inputs")),
        Integer.parseInt(said.get("hidden")),
        Integer.parseInt(said.get("layers")),
        Boolean.parseBoolean(said.get("bidirectional")),
        Integer.parseInt(said.get("convolution")),
        head(said.get("head").split(" ")));
  }

  private static Head head(String[] words) {
    return switch (words[0]) {
      case "linear" -> new Head.Linear(Integer.parseInt(words[1]));
      case "softmax" -> new Head.Softmax(Integer.parseInt(words[1]));
      case "quantiles" ->
          new Head.Quantiles(
              Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
      default -> new Head.None();
    };
  }

  public Tensor x() {
    return samples.tensor("x");
  }

  public Tensor y() {
    return samples.tensor("y");
  }

  public Tensor target() {
    return samples.tensor("target");
  }

  /** The rows of one series of a tensor of three dimensions. */
  public static float[][] series(Tensor tensor, int series) {
    int steps = tensor.shape()[1];
    int width = tensor.shape()[2];
    float[][] rows = new float[steps][width];
    for (int t = 0; t < steps; t++) {
      System.arraycopy(tensor.data(), (series * steps + t) * width, rows[t], 0, width);
    }
    return rows;
  }

  @Override
  public String toString() {
    return name;
  }
}
