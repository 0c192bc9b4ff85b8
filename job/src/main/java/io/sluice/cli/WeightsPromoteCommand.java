package io.sluice.cli;

import io.sluice.forecast.Model;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weights promote}: a candidate goes into use. */
@Command(
    name = "promote",
    header = "Puts a candidate into use; running jobs take it up without a pause.",
    description = "",
    mixinStandardHelpOptions = true)
final class WeightsPromoteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption named;
  @Mixin private PromotionOptions promotion;

  @Parameters(paramLabel = "VERSION", description = "As weights list has it.")
  private long version;

  @Override
  public Integer call() throws Exception {
    Settings settings = named.settings();
    Catalogue catalogue = Catalogue.of(settings);
    Release release = catalogue.release(named.model(settings), version);
    checkMayAnswer(catalogue, release);
    fit(release, settings);
    Release promoted = release.promoted(promotion.activeFrom(), promotion.reason());
    catalogue.update(promoted);
    spec.commandLine()
        .getOut()
        .printf(
            "%s version %d answers readings from %s on%n",
            release.model(),
            version,
            Wording.activeFrom(promoted.edition(), settings.plan().timing().zone()));
    return 0;
  }

  /** Says what does not fit before a job has to. */
  static void fit(Release release, Settings settings) {
    try {
      Model.of(release, settings.plan());
    } catch (IllegalArgumentException misfit) {
      throw new IllegalStateException(misfit.getMessage(), misfit);
    }
  }

  private static void checkMayAnswer(Catalogue catalogue, Release release) {
    String model = release.model();
    long version = release.version();
    if (release.edition().state() == State.PROMOTED) {
      throw new IllegalStateException(
          "%s version %d is promoted already".formatted(model, version));
    }
    if (release.edition().state() == State.ROLLED_BACK) {
      throw new IllegalStateException(
          "%s version %d was rolled back, which stands; to use its weights again: weights export %2$d --out F.safetensors, then weights import F.safetensors --promote"
              .formatted(model, version));
    }
    catalogue.releases(model).stream()
        .filter(other -> other.version() > version)
        .filter(other -> other.edition().state() == State.PROMOTED)
        .reduce((one, later) -> later)
        .ifPresent(
            newer -> {
              throw new IllegalStateException(
                  "%s version %d is promoted and newer, so it would answer and not %d; first: weights rollback %2$d"
                      .formatted(model, newer.version(), version));
            });
  }
}
