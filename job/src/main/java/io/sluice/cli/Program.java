package io.sluice.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The jar that this program came in. */
final class Program {
  private Program() {}

  static Path jar() throws URISyntaxException {
    Path jar = Path.of(Program.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "a cluster takes a jar, and this program runs from %s: start it with ./sluice"
              .formatted(jar));
    }
    return jar;
  }
}
