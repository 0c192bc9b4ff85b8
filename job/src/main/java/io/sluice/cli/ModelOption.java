package io.sluice.cli;

import io.sluice.settings.Settings;
import java.io.IOException;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name the settings and one of their models. */
final class ModelOption {
  @Mixin private ConfigOption config;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "ID",
      defaultValue = "",
      description = "Id of the model; by default weights.model of the settings.")
  private String model;

  Settings settings() throws IOException {
    return config.settings();
  }

  /** The text of the settings, once it has been found to be right. */
  String yaml() throws IOException {
    return config.yaml();
  }

  /** The model that is named, or else all there are. */
  Set<String> models(Settings settings) {
    return model.isEmpty() ? settings.groups().models() : Set.of(model(settings));
  }

  /** An error where no series asks for that model. */
  String model(Settings settings) {
    if (model.isEmpty()) {
      return settings.groups().model();
    }
    if (!settings.groups().models().contains(model)) {
      throw new IllegalStateException(
          "no series asks for model \"%s\": weights.model and weights.groups name %s"
              .formatted(model, settings.groups().models()));
    }
    return model;
  }
}
