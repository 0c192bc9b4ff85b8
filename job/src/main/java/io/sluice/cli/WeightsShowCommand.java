package io.sluice.cli;

import io.sluice.settings.Settings;
import io.sluice.weights.Edition;
import io.sluice.weights.Horizon;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Variable;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weights show}: everything about one release. */
@Command(
    name = "show",
    header = "Shows one release: state, network, inputs, where it came from, every tensor.",
    description = "",
    mixinStandardHelpOptions = true)
final class WeightsShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption named;

  @Parameters(paramLabel = "VERSION", description = "As weights list has it.")
  private long version;

  @Override
  public Integer call() throws Exception {
    Settings settings = named.settings();
    Release release = Catalogue.of(settings).release(named.model(settings), version);
    PrintWriter out = spec.commandLine().getOut();
    edition(out, release);
    signature(out, release);
    provenance(out, release);
    out.println();
    Table tensors = new Table("TENSOR", "SHAPE");
    release
        .tensors()
        .byName()
        .forEach((name, tensor) -> tensors.row(name, Arrays.toString(tensor.shape())));
    tensors.print(out);
    return 0;
  }

  private static void edition(PrintWriter out, Release release) {
    Edition edition = release.edition();
    line(out, "model", release.model() + ", version " + release.version());
    line(out, "state", edition.state().word());
    line(out, "reason", edition.reason());
    line(out, "active from", Wording.activeFrom(edition, release.signature().zone()));
    line(out, "digest", release.digest());
    line(
        out,
        "network",
        String.format(
            Locale.ROOT,
            "%s, %,d weights",
            Wording.network(release.architecture()),
            Wording.floats(release)));
  }

  private static void signature(PrintWriter out, Release release) {
    Horizon horizon = release.signature().horizon();
    line(out, "inputs", String.join(", ", release.signature().inputs()));
    for (Variable variable : release.signature().variables()) {
      line(
          out,
          "forecasts",
          "%s%s, %s around %s over the fleet"
              .formatted(
                  variable.name(),
                  variable.unit().isEmpty() ? "" : " in " + variable.unit(),
                  variable.scale(),
                  variable.centre()));
    }
    line(out, "leads", horizon.leads().toString());
    line(out, "quantiles", horizon.quantiles().toString());
    line(out, "time zone", release.signature().zone().toString());
  }

  private static void provenance(PrintWriter out, Release release) {
    Provenance provenance = release.provenance();
    ZoneId zone = release.signature().zone();
    line(out, "trained", Wording.origin(release));
    if (provenance.windows() > 0) {
      line(
          out,
          "readings",
          Wording.time(provenance.from(), zone) + " to " + Wording.time(provenance.to(), zone));
      line(out, "plan", provenance.plan() + ", seed " + provenance.seed());
    }
    provenance.losses().forEach((name, loss) -> line(out, "loss", "%.6g %s".formatted(loss, name)));
  }

  private static void line(PrintWriter out, String what, String text) {
    if (!text.isEmpty()) {
      out.printf("%-12s %s%n", what, text);
    }
  }
}
