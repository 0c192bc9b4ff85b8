package io.sluice.cli;

import io.sluice.training.Epoch;
import io.sluice.training.TextModel;
import io.sluice.training.Trained;
import io.sluice.weights.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code text}: the language model of the seeds. */
@Command(
    name = "text",
    header = "Learns to write a text, character by character, and goes on writing it.",
    description = {
      "",
      "The experiment of d2l.ai's chapter on the LSTM: the first 10,000 letters and spaces, batches of 32 windows of 35, 256 hidden, plain gradient descent at a rate of 1, gradients no longer than 1. Perplexity 1 is a text known by heart.",
      "",
      "Two things differ from that page: lines are joined by a space, so that words at their ends stay apart; and each gate has two biases, one for the input and one for the memory, as in PyTorch's nn.LSTM.",
      ""
    },
    mixinStandardHelpOptions = true)
final class TextCommand implements Callable<Integer> {
  private static final String PREFIX = "time traveller";
  private static final int LENGTH = 50;
  private static final int TORCH_EPOCHS = 5;
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

  @Spec private CommandSpec spec;

  @Option(names = "--file", required = true, paramLabel = "F.txt", description = "The text.")
  private Path file;

  @Option(
      names = "--epochs",
      defaultValue = "500",
      paramLabel = "N",
      description = "Passes over it (${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Of the first weights (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--beside-torch",
      description = "Also times PyTorch at it, if python3 here has it; the fastest epoch of each.")
  private boolean besideTorch;

  private double fastest;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (epochs < 1) {
      throw new ParameterException(
          spec.commandLine(), "--epochs is %d, expected 1 or more".formatted(epochs));
    }
    TextModel model = model();
    long start = System.nanoTime();
    Trained trained = model.train(epochs, seed, epoch -> tell(epoch, start));
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "perplexity %.3f with the weights of epoch %d, the best%n",
        model.perplexity(trained.weights()), trained.best());
    out.printf("%s%n", model.continuation(trained.weights(), PREFIX, LENGTH));
    if (besideTorch) {
      compare(out);
    }
    return 0;
  }

  private TextModel model() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new RefusedException(file.toString(), "is no file, expected a text");
    }
    try {
      return new TextModel(Files.readString(file));
    } catch (CharacterCodingException binary) {
      throw new RefusedException(file.toString(), "is not UTF-8, expected a text");
    } catch (IllegalArgumentException misfit) {
      throw new RefusedException(file.toString(), misfit);
    }
  }

  private void tell(Epoch epoch, long start) {
    fastest = Math.max(fastest, epoch.steps() / epoch.seconds());
    boolean ends = epoch.number() == 1 || epoch.number() == epochs;
    if (epoch.number() % 10 != 0 && !ends) {
      return;
    }
    double spent = (System.nanoTime() - start) / 1e9;
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "epoch %d of %d   perplexity %.2f   %.0f tokens/s   %.0f s left%n",
        epoch.number(),
        epochs,
        Math.exp(epoch.loss()),
        epoch.number() * epoch.steps() / spent,
        spent / epoch.number() * (epochs - epoch.number()));
    out.flush();
  }

  private void compare(PrintWriter out) throws IOException, InterruptedException {
    for (String python : PYTHONS) {
      if (run(python, "-c", "import torch").isPresent()) {
        String[] torch =
            run(python, "-c", script(), file.toString(), Integer.toString(TORCH_EPOCHS))
                .orElseThrow(() -> new IllegalStateException("PyTorch failed at the same text"))
                .split(" ");
        double theirs = Double.parseDouble(torch[0]);
        out.printf(
            "fastest epoch: %.0f tokens/s; PyTorch %s on one thread: %.0f; ratio %.2f%n",
            fastest, torch[1], theirs, fastest / theirs);
        return;
      }
    }
    out.println("no PyTorch to compare with in " + PYTHONS);
  }

  private static String script() throws IOException {
    try (InputStream script = TextCommand.class.getResourceAsStream("text_beside_torch.py")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What a program printed, if it ended well. */
  private static Optional<String> run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      byte[] printed = process.getInputStream().readAllBytes();
      return process.waitFor() == 0
          ? Optional.of(new String(printed, StandardCharsets.UTF_8).strip())
          : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    }
  }
}
