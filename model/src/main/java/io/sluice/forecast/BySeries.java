package io.sluice.forecast;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Something that goes by the name of a series.
 *
 * @param standard of every series that no pattern fits
 * @param patterns regular expressions over the whole name of a series; the first that fits counts
 */
public record BySeries<T extends Serializable>(T standard, Map<Pattern, T> patterns)
    implements Serializable {
  public BySeries {
    patterns = new LinkedHashMap<>(patterns);
  }

  /** The same for every series. */
  public static <T extends Serializable> BySeries<T> all(T standard) {
    return new BySeries<>(standard, Map.of());
  }

  public T of(String series) {
    if (patterns.isEmpty()) {
      return standard;
    }
    for (Map.Entry<Pattern, T> pattern : patterns.entrySet()) {
      if (pattern.getKey().matcher(series).matches()) {
        return pattern.getValue();
      }
    }
    return standard;
  }
}
