package io.sluice.training;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The characters of a text, numbered by how often they come, the most frequent first; 0 stands for any other. */
record Alphabet(Map<Character, Integer> numbers) {
  private static final char UNKNOWN = '?';

  /** Letters in lower case; whatever else stands between them becomes one space. */
  static String clean(String text) {
    return text.replaceAll("[^A-Za-z]+", " ").strip().toLowerCase(Locale.ROOT);
  }

  static Alphabet of(String text) {
    Map<Character, Long> counts =
        text.chars()
            .mapToObj(c -> (char) c)
            .collect(Collectors.groupingBy(c -> c, Collectors.counting()));
    Map<Character, Integer> numbers = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<Character, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> numbers.put(entry.getKey(), numbers.size() + 1));
    return new Alphabet(numbers);
  }

  /** With the unknown one. */
  int size() {
    return numbers.size() + 1;
  }

  int number(char character) {
    return numbers.getOrDefault(character, 0);
  }

  char character(int number) {
    return numbers.entrySet().stream()
        .filter(entry -> entry.getValue() == number)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(UNKNOWN);
  }
}
