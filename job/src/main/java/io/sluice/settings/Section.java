package io.sluice.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One mapping of the file, asked key by key.
 *
 * <p>Asking is what makes a key known: after the last question {@code end} refuses what nobody asked for.
 */
final class Section {
  private static final String REQUIRED = "(required)";
  private static final int NEAR = 2;

  private final Source source;
  private final String path;
  private final Node.Mapping mapping;
  private final Set<String> known = new LinkedHashSet<>();

  Section(Source source, String path, Node.Mapping mapping) {
    this.source = source;
    this.path = path;
    this.mapping = mapping;
  }

  /** The mapping under a key, empty where the file has none. */
  Section section(String key) {
    known.add(key);
    Node node = mapping.entries().getOrDefault(key, new Node.Mapping(Map.of(), mapping.line()));
    if (node instanceof Node.Mapping inner) {
      return new Section(source, path(key), inner);
    }
    throw source.error(node.line(), path(key) + " must be a section of keys");
  }

  String text(String key) {
    return required(key, Node.Scalar::text);
  }

  String text(String key, String standard) {
    return optional(key, standard, Node.Scalar::text);
  }

  boolean flag(String key, boolean standard) {
    return optional(key, standard, scalar -> flag(key, scalar));
  }

  int whole(String key, int standard) {
    return optional(
        key, standard, scalar -> number(key, scalar, Integer::valueOf, "a whole number"));
  }

  double decimal(String key, double standard) {
    return optional(key, standard, scalar -> number(key, scalar, Double::valueOf, "a number"));
  }

  Duration duration(String key, Duration standard) {
    return Durations.parse(
        optional(key, Durations.text(standard), scalar -> duration(key, scalar)));
  }

  /** One of the words of an enum, in lower case with hyphens. */
  <E extends Enum<E>> E choice(String key, E standard) {
    String word = optional(key, word(standard), Node.Scalar::text);
    return choice(key, word, standard.getDeclaringClass().getEnumConstants());
  }

  /** Words of an enum. */
  <E extends Enum<E>> List<E> choices(String key, List<E> standard, Class<E> type) {
    List<String> words = texts(key, standard.stream().map(Section::word).toList());
    List<E> choices = new ArrayList<>();
    for (String word : words) {
      choices.add(choice(key, word, type.getEnumConstants()));
    }
    return choices;
  }

  private <E extends Enum<E>> E choice(String key, String word, E[] choices) {
    return Stream.of(choices)
        .filter(choice -> word(choice).equals(word))
        .findFirst()
        .orElseThrow(() -> error(key, "is one of %s, not \"%s\"".formatted(words(choices), word)));
  }

  List<Integer> wholes(String key, List<Integer> standard) {
    return items(key, standard, scalar -> number(key, scalar, Integer::valueOf, "a whole number"));
  }

  List<Double> decimals(String key, List<Double> standard) {
    return items(key, standard, scalar -> number(key, scalar, Double::valueOf, "a number"));
  }

  List<String> texts(String key, List<String> standard) {
    return items(key, standard, Node.Scalar::text);
  }

  /** A list of texts or a single one; empty where the key is not set. */
  List<String> oneOrMore(String key) {
    return mapping.entries().get(key) instanceof Node.Scalar
        ? List.of(text(key, ""))
        : texts(key, List.of());
  }

  /** A mapping of the user's own keys, in the order of the file. */
  Map<String, String> pairs(String key) {
    source.ask(path(key), "{}");
    known.add(key);
    Node node = mapping.entries().getOrDefault(key, new Node.Mapping(Map.of(), mapping.line()));
    if (!(node instanceof Node.Mapping inner)) {
      throw source.error(node.line(), path(key) + " must be a section of keys");
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    inner
        .entries()
        .forEach((name, value) -> pairs.put(name, scalar(key + "." + name, value).text()));
    return pairs;
  }

  /** What is set for the series that fit a pattern, in the order of the file. */
  <T> Map<Pattern, T> patterns(String key, Function<String, T> read) {
    Map<Pattern, T> patterns = new LinkedHashMap<>();
    pairs(key).forEach((series, text) -> patterns.put(pattern(key, series), read.apply(text)));
    return patterns;
  }

  private Pattern pattern(String key, String series) {
    try {
      return Pattern.compile(series);
    } catch (PatternSyntaxException e) {
      throw error(key, "\"%s\" is no regular expression: %s".formatted(series, e.getDescription()));
    }
  }

  /** A file that the settings name, from where they stand themselves. */
  Path beside(String file) {
    return Path.of(source.file()).resolveSibling(file);
  }

  /** Refuses the keys that nobody asked for, the first by name. */
  void end() {
    mapping
        .entries()
        .forEach(
            (key, node) -> {
              if (!known.contains(key)) {
                throw unknown(key, node);
              }
            });
  }

  /** Runs a check of a record made from this section and says where the section stands when it fails. */
  <T> T checked(Supplier<T> made) {
    try {
      return made.get();
    } catch (SettingsException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw source.error(
          mapping.line(), path.isEmpty() ? e.getMessage() : path + ": " + e.getMessage());
    }
  }

  /** An error at the line of that key, or of the section where the key is not set. */
  SettingsException error(String key, String message) {
    Node node = mapping.entries().get(key);
    return source.error(node == null ? mapping.line() : node.line(), path(key) + " " + message);
  }

  private SettingsException unknown(String key, Node node) {
    String meant =
        Nearest.to(key, known).map(name -> "; did you mean \"" + name + "\"?").orElse("");
    return source.error(node.line(), "there is no setting %s%s".formatted(path(key), meant));
  }

  private String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private <T> T required(String key, Function<Node.Scalar, T> read) {
    source.ask(path(key), REQUIRED);
    known.add(key);
    Node node = mapping.entries().get(key);
    if (node == null) {
      misspelt(key);
      throw source.missing(path(key));
    }
    return read.apply(scalar(key, node));
  }

  /** A required key that is missing has perhaps been written otherwise. */
  private void misspelt(String key) {
    mapping
        .entries()
        .forEach(
            (name, node) -> {
              if (!known.contains(name) && Nearest.distance(name, key) <= NEAR) {
                throw unknown(name, node);
              }
            });
  }

  private <T> T optional(String key, T standard, Function<Node.Scalar, T> read) {
    source.ask(path(key), String.valueOf(standard));
    known.add(key);
    Node node = mapping.entries().get(key);
    return node == null ? standard : read.apply(scalar(key, node));
  }

  private <T> List<T> items(String key, List<T> standard, Function<Node.Scalar, T> read) {
    source.ask(path(key), standard.toString());
    known.add(key);
    Node node = mapping.entries().get(key);
    if (node == null) {
      return standard;
    }
    if (!(node instanceof Node.Sequence sequence)) {
      throw error(key, "must be a list, such as " + standard);
    }
    List<T> items = new ArrayList<>();
    sequence.items().forEach(item -> items.add(read.apply(scalar(key, item))));
    return items;
  }

  private Node.Scalar scalar(String key, Node node) {
    if (node instanceof Node.Scalar scalar) {
      return scalar;
    }
    throw source.error(node.line(), path(key) + " must be a single value");
  }

  private boolean flag(String key, Node.Scalar scalar) {
    return switch (scalar.text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw error(key, "is true or false, not \"%s\"".formatted(scalar.text()));
    };
  }

  private <N> N number(String key, Node.Scalar scalar, Function<String, N> parse, String what) {
    String text = scalar.text();
    try {
      return parse.apply(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw error(key, "must be %s, not \"%s\"".formatted(what, text));
    }
  }

  private String duration(String key, Node.Scalar scalar) {
    String text = scalar.text();
    try {
      Durations.parse(text);
      return text;
    } catch (IllegalArgumentException e) {
      throw error(
          key, "must be a time such as 250ms, 10s, 5m, 6h or 7d, not \"%s\"".formatted(text));
    }
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String words(Enum<?>[] choices) {
    return Stream.of(choices).map(Section::word).collect(Collectors.joining(", "));
  }
}
