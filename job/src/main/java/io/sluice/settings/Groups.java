package io.sluice.settings;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which model answers which series: one for all, or one for each group.
 *
 * @param model id of the model of every series that no group names
 * @param groups regular expressions over the whole name of a series; the first that fits names the model
 */
public record Groups(String model, Map<Pattern, String> groups) implements Serializable {

  public Groups {
    groups = new LinkedHashMap<>(groups);
    if (model.isBlank() || groups.containsValue("")) {
      throw new IllegalArgumentException("a model needs an id");
    }
  }

  /** The model of a series. */
  public String model(String series) {
    for (Map.Entry<Pattern, String> group : groups.entrySet()) {
      if (group.getKey().matcher(series).matches()) {
        return group.getValue();
      }
    }
    return model;
  }

  /** Every model that answers somebody. */
  public Set<String> models() {
    Set<String> models = new TreeSet<>(groups.values());
    models.add(model);
    return models;
  }

  static Groups read(Section section) {
    String model = section.text("model", "default");
    Map<Pattern, String> groups = new LinkedHashMap<>();
    section.pairs("groups").forEach((series, id) -> groups.put(pattern(section, series), id));
    return section.checked(() -> new Groups(model, groups));
  }

  private static Pattern pattern(Section section, String series) {
    try {
      return Pattern.compile(series);
    } catch (PatternSyntaxException e) {
      throw section.error(
          "groups", "\"%s\" is no regular expression: %s".formatted(series, e.getDescription()));
    }
  }
}
