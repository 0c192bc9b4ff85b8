package io.sluice.cli;

import io.sluice.settings.Settings;
import io.sluice.weights.Edition;
import io.sluice.weights.Release;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weights list}: what the weights topic holds. */
@Command(
    name = "list",
    header = "Lists the releases in the weights topic; ● answers readings of this moment.",
    description = "",
    mixinStandardHelpOptions = true)
final class WeightsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Override
  public Integer call() throws Exception {
    Settings settings = config.settings();
    Catalogue catalogue = Catalogue.of(settings);
    PrintWriter out = spec.commandLine().getOut();
    if (catalogue.releases().isEmpty()) {
      out.printf("topic \"%s\" holds no release yet: the baseline answers%n", catalogue.topic());
    } else {
      table(catalogue, settings.plan().timing().zone()).print(out);
    }
    catalogue.refused().forEach(reason -> out.println("no weights: " + reason));
    return 0;
  }

  private static Table table(Catalogue catalogue, ZoneId zone) {
    long now = System.currentTimeMillis();
    Table table =
        new Table("", "MODEL", ">VERSION", "STATE", "ACTIVE FROM", "NETWORK", "TRAINED", "REASON");
    for (Release release : catalogue.releases()) {
      boolean answers =
          catalogue.answering(release.model(), now).filter(release::equals).isPresent();
      Edition edition = release.edition();
      table.row(
          answers ? "●" : " ",
          release.model(),
          release.version(),
          edition.state().word(),
          Wording.activeFrom(edition, zone),
          Wording.network(release.architecture()),
          Wording.origin(release),
          edition.reason());
    }
    return table;
  }
}
