package io.sluice.settings;

/** A setting that cannot be used, and where it stands. */
public final class SettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  SettingsException(String message) {
    super(message);
  }
}
