package io.sluice.settings;

import java.util.Map;
import java.util.TreeMap;

/** The file that settings come from, and every key that anybody asked it for. */
final class Source {
  private final String file;
  private final Map<String, String> asked = new TreeMap<>();

  Source(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  void ask(String path, String standard) {
    asked.put(path, standard);
  }

  /** Each key that can be set, and what it is when it is not. */
  Map<String, String> asked() {
    return asked;
  }

  SettingsException error(int line, String message) {
    return new SettingsException("%s, line %d: %s".formatted(file, line, message));
  }

  SettingsException missing(String path) {
    return new SettingsException("%s: %s is required".formatted(file, path));
  }
}
