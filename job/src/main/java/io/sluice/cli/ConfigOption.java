package io.sluice.cli;

import io.sluice.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the settings. */
final class ConfigOption {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The settings; deploy/sluice.yaml is a complete commented example.")
  private Path file;

  Settings settings() throws IOException {
    return Settings.read(file);
  }

  /** The text of the file, once it has been found to be right. */
  String yaml() throws IOException {
    settings();
    return Files.readString(file);
  }
}
