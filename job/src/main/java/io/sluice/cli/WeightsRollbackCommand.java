package io.sluice.cli;

import io.sluice.settings.Settings;
import io.sluice.weights.Edition;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weights rollback}: a release goes out of use for good, or never comes into it. */
@Command(
    name = "rollback",
    header = "Takes a promoted release out of use; the one before it answers again.",
    description = {"", "A candidate is turned down: live events do not promote it any more.", ""},
    mixinStandardHelpOptions = true)
final class WeightsRollbackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption named;

  @Parameters(paramLabel = "VERSION", description = "As weights list has it.")
  private long version;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = Edition.BY_HAND,
      description = "Kept with the release, for people to read (${DEFAULT-VALUE}).")
  private String reason;

  @Override
  public Integer call() throws Exception {
    Settings settings = named.settings();
    Catalogue catalogue = Catalogue.of(settings);
    Release release = catalogue.release(named.model(settings), version);
    if (release.edition().state() == State.ROLLED_BACK) {
      throw new IllegalStateException(
          "%s version %d is rolled back already".formatted(release.model(), version));
    }
    catalogue.update(release.rolledBack(PromotionOptions.byHand(reason)));
    String next =
        Catalogue.of(settings)
            .answering(release.model(), System.currentTimeMillis())
            .map(heir -> "version " + heir.version())
            .orElse("the baseline");
    spec.commandLine()
        .getOut()
        .printf("%s version %d is rolled back; %s answers now%n", release.model(), version, next);
    return 0;
  }
}
