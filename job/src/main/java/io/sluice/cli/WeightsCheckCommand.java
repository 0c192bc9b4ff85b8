package io.sluice.cli;

import io.sluice.cell.WeightsCheck;
import io.sluice.weights.Npy;
import io.sluice.weights.RefusedException;
import io.sluice.weights.Tensor;
import io.sluice.weights.Weights;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weights check}: whether a network here gives what PyTorch gave. */
@Command(
    name = "check",
    header = "Runs weights over an input and compares with the outputs of PyTorch.",
    description = {
      "",
      "Takes the state dict of an nn.LSTM, nn.GRU or nn.RNN (tanh) with any prefix and perhaps a linear head called fc or head, or a release. Cell, layers, directions and sizes are read off the tensors.",
      "",
      "The input is (batch, steps, inputs). Without a head the expected output is every step of the last layer, (batch, steps, width); with one it is the head over the last step, (batch, outputs). Errors are absolute up to 1 and relative beyond.",
      ""
    },
    mixinStandardHelpOptions = true)
final class WeightsCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "F.safetensors",
      description = "The tensors.")
  private Path weights;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "IN.npy",
      description = "What goes in, batch first.")
  private Path input;

  @Option(
      names = "--expect",
      required = true,
      paramLabel = "OUT.npy",
      description = "What should come out.")
  private Path expect;

  @Option(
      names = "--tolerance",
      defaultValue = "1e-5",
      paramLabel = "ERROR",
      description = "The largest error that passes (${DEFAULT-VALUE}).")
  private double tolerance;

  @Override
  public Integer call() throws IOException {
    if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new ParameterException(
          spec.commandLine(), "--tolerance is %s, expected 0 or more".formatted(tolerance));
    }
    Weights network = Weights.read(weights);
    WeightsCheck check = compare(network);
    if (!check.within(tolerance)) {
      throw new IllegalStateException(
          "%s differs by more than %s: %s".formatted(weights, tolerance, check));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(network.architecture());
    out.println("agrees within %s: %s".formatted(tolerance, check));
    return 0;
  }

  private WeightsCheck compare(Weights network) throws IOException {
    Tensor given = Npy.read(input);
    Tensor expected = Npy.read(expect);
    Path blamed = input;
    try {
      WeightsCheck.checkInput(network, given);
      blamed = expect;
      return WeightsCheck.of(network, given, expected);
    } catch (IllegalArgumentException misfit) {
      throw new RefusedException(blamed.toString(), misfit);
    }
  }
}
