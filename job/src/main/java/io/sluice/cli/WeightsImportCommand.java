package io.sluice.cli;

import io.sluice.forecast.ForecastPlan;
import io.sluice.settings.Settings;
import io.sluice.weights.Architecture;
import io.sluice.weights.Edition;
import io.sluice.weights.Head;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Signature;
import io.sluice.weights.Variable;
import io.sluice.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weights import}: a file becomes a release. */
@Command(
    name = "import",
    header = "Adds weights from a file as the model's next version.",
    description = {
      "",
      "Takes a release that weights export wrote, or the state dict of a PyTorch nn.LSTM, nn.GRU or nn.RNN with a linear head called fc or head, as safetensors. A state dict must take the inputs that the settings name, in their order; its head has a row for each variable, lead and quantile, the quantile running fastest: the median's row is the forecast in spreads from the last value, those further out are gaps beyond their neighbour. Of symbols it has a row for each and one for all others, before the softmax.",
      ""
    },
    mixinStandardHelpOptions = true)
final class WeightsImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption named;
  @Mixin private PromotionOptions promotion;

  @Parameters(paramLabel = "FILE", description = "A safetensors file.")
  private Path file;

  @Option(names = "--promote", description = "Puts it into use at once.")
  private boolean promote;

  @Option(
      names = "--scales",
      paramLabel = "SCALE",
      split = ",",
      description =
          "The usual spread of each variable over the fleet, in its unit, for series that have none of their own yet; by default that of the model's newest release, or 1.")
  private List<Double> scales;

  @Override
  public Integer call() throws Exception {
    if (promotion.dated() && !promote) {
      throw new ParameterException(
          spec.commandLine(), "--active-from is for weights that are promoted: add --promote");
    }
    Settings settings = named.settings();
    String model = named.model(settings);
    byte[] bytes = bytes();
    Catalogue catalogue = Catalogue.of(settings);
    Release release = candidate(model, bytes, settings.plan(), catalogue);
    WeightsPromoteCommand.fit(release, settings);
    if (promote) {
      release = release.promoted(promotion.activeFrom(), promotion.reason());
    }
    say(catalogue.add(release), settings);
    return 0;
  }

  private byte[] bytes() throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("there is no file " + file, e);
    }
  }

  private Release candidate(String model, byte[] bytes, ForecastPlan plan, Catalogue catalogue)
      throws IOException {
    Edition edition = Edition.candidate(model, catalogue.next(model));
    Optional<Release> exported = Release.find(file.toString(), bytes);
    if (exported.isPresent()) {
      Release release = exported.get();
      return new Release(edition, release.weights(), release.signature(), release.provenance());
    }
    Weights weights = Weights.read(file.toString(), bytes);
    Signature signature =
        new Signature(
            plan.inputs(),
            variables(plan, catalogue.releases(model)),
            plan.horizon(),
            plan.timing().zone());
    try {
      return new Release(
          edition,
          headed(weights, plan),
          signature,
          Provenance.imported("imported from " + file.getFileName()));
    } catch (IllegalArgumentException misfit) {
      throw new IllegalStateException(file + ": " + misfit.getMessage(), misfit);
    }
  }

  /** The same tensors, the head's rows being what the plan reads off them. */
  private static Weights headed(Weights weights, ForecastPlan plan) {
    Architecture read = weights.architecture();
    Head head = plan.head();
    if (read.head().rows() != head.rows()) {
      String why =
          plan.symbols().any()
              ? "%d symbols and one for all others".formatted(plan.symbols().names().size())
              : "%d variables × %d leads × %d quantiles"
                  .formatted(
                      plan.variables().size(),
                      plan.horizon().leads().size(),
                      plan.horizon().quantiles().size());
      throw new IllegalArgumentException(
          "a head of %d rows, expected %d: %s".formatted(read.head().rows(), head.rows(), why));
    }
    return new Weights(
        new Architecture(
            read.cell(),
            read.inputs(),
            read.hidden(),
            read.layers(),
            read.bidirectional(),
            read.convolution(),
            head),
        weights.tensors());
  }

  private List<Variable> variables(ForecastPlan plan, List<Release> releases) {
    List<String> names = plan.variables();
    if (scales != null && scales.size() != names.size()) {
      throw new ParameterException(
          spec.commandLine(), "--scales has %d numbers for %s".formatted(scales.size(), names));
    }
    if (scales == null && !releases.isEmpty()) {
      List<Variable> known = releases.get(releases.size() - 1).signature().variables();
      if (known.stream().map(Variable::name).toList().equals(names)) {
        return known;
      }
    }
    return IntStream.range(0, names.size())
        .mapToObj(i -> new Variable(names.get(i), "", 0, scales == null ? 1 : scales.get(i)))
        .toList();
  }

  private void say(Release release, Settings settings) {
    String next =
        promote
            ? "answers readings from %s on"
                .formatted(Wording.activeFrom(release.edition(), settings.plan().timing().zone()))
            : "is a candidate; weights promote %d puts it into use".formatted(release.version());
    spec.commandLine()
        .getOut()
        .printf("%s version %d %s%n", release.model(), release.version(), next);
  }
}
