package io.sluice.connectors;

import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Secrets come from the environment and are never printed. */
public final class Secrets {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final Pattern SENSITIVE =
      Pattern.compile(
          "password|secret|jaas|token|credential|ssl\\.key$|keystore\\.key",
          Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /** The text with each {@code ${NAME}} replaced by that environment variable, which must be there. */
  public static String resolve(String text, Map<String, String> environment) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(variable(found, environment)));
  }

  /** Whether there is a {@code ${NAME}} in the text. */
  public static boolean refers(String text) {
    return REFERENCE.matcher(text).find();
  }

  /** The same text with each {@code ${NAME}} as Kafka's own clients resolve it, in the process that connects. */
  public static String deferred(String text) {
    return REFERENCE.matcher(text).replaceAll("\\${env:$1}");
  }

  private static String variable(MatchResult found, Map<String, String> environment) {
    String value = environment.get(found.group(1));
    if (value == null) {
      throw new IllegalStateException(
          "the environment variable %s, which the settings ask for, is not set: export it where this runs"
              .formatted(found.group(1)));
    }
    return value;
  }

  /** The same settings with what may be secret starred out. */
  public static Map<String, String> masked(Map<String, String> settings) {
    return settings.entrySet().stream().collect(Collectors.toMap(Entry::getKey, Secrets::masked));
  }

  private static String masked(Entry<String, String> setting) {
    return SENSITIVE.matcher(setting.getKey()).find() ? "******" : setting.getValue();
  }
}
