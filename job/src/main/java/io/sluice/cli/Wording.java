package io.sluice.cli;

import io.sluice.weights.Architecture;
import io.sluice.weights.Edition;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Tensor;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Releases in words, for people. */
final class Wording {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** The last instant that is written with a four-digit year. */
  private static final long LAST = 253_402_300_799_999L;

  private Wording() {}

  static String time(long millis, ZoneId zone) {
    if (millis < -LAST || millis > LAST) {
      return "–";
    }
    boolean utc = zone.normalized().equals(ZoneOffset.UTC);
    DateTimeFormatter form = millis % 60_000 == 0 ? MINUTES : SECONDS;
    String local = form.format(Instant.ofEpochMilli(millis).atZone(zone));
    return utc ? local + "Z" : local;
  }

  /** When it answers from, or a dash where it does not. */
  static String activeFrom(Edition edition, ZoneId zone) {
    return time(edition.activeFrom(), zone);
  }

  static String network(Architecture architecture) {
    String cell =
        "%s %d×%d"
            .formatted(architecture.cell().word(), architecture.layers(), architecture.hidden());
    return architecture.bidirectional() ? cell + " both ways" : cell;
  }

  static String origin(Release release) {
    Provenance provenance = release.provenance();
    if (provenance.windows() == 0) {
      return provenance.plan().isEmpty() ? "elsewhere" : provenance.plan();
    }
    String parent = provenance.parent() == 0 ? "scratch" : "version " + provenance.parent();
    return String.format(
        Locale.ROOT,
        "from %s, %,d windows to %s",
        parent,
        provenance.windows(),
        time(provenance.to(), release.signature().zone()));
  }

  static long floats(Release release) {
    return release.tensors().byName().values().stream()
        .mapToLong((Tensor tensor) -> tensor.data().length)
        .sum();
  }
}
