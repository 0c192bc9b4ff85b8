package io.sluice.cli;

import io.sluice.settings.Settings;
import io.sluice.weights.Onnx;
import io.sluice.weights.Release;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weights export}: a release as a file. */
@Command(
    name = "export",
    header = "Writes a release to a file: safetensors or ONNX, by the file's ending.",
    description = {
      "",
      "A safetensors file holds the tensors under PyTorch's names, and in its metadata all that the release is; weights import takes it back. An ONNX file holds the network alone.",
      ""
    },
    mixinStandardHelpOptions = true)
final class WeightsExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption named;

  @Parameters(paramLabel = "VERSION", description = "As weights list has it.")
  private long version;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE",
      description = "Ends in .safetensors or .onnx.")
  private Path file;

  @Override
  public Integer call() throws Exception {
    boolean onnx = file.toString().endsWith(".onnx");
    if (!onnx && !file.toString().endsWith(".safetensors")) {
      throw new ParameterException(
          spec.commandLine(), "--out is %s, expected .safetensors or .onnx".formatted(file));
    }
    Settings settings = named.settings();
    Release release = Catalogue.of(settings).release(named.model(settings), version);
    byte[] bytes = onnx ? Onnx.bytes(release.weights()) : release.bytes();
    Files.write(file, bytes);
    spec.commandLine().getOut().printf("%s: %,d bytes of %s%n", file, bytes.length, release);
    return 0;
  }
}
