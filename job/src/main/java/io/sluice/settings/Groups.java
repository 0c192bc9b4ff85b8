package io.sluice.settings;

import io.sluice.contest.Rules;
import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which model answers which series, one for all or one for each group, and how series go over to its new weights.
 *
 * @param model id of the model of every series that no group names
 * @param groups regular expressions over the whole name of a series; the first that fits names the model
 * @param handover event time within which all series have gone over to new weights, each at its own moment, so that they do
 *     not all form their memories anew at once; zero for all at {@code activeFrom}
 * @param contest by which a model is measured against another on live events
 */
public record Groups(String model, Map<Pattern, String> groups, Duration handover, Rules contest)
    implements Serializable {
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final int SPREADING = 0x9E3779B9;

  public Groups {
    groups = new LinkedHashMap<>(groups);
    if (model.isBlank() || groups.containsValue("")) {
      throw new IllegalArgumentException("a model needs an id");
    }
    if (handover.isNegative() || handover.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a handover takes 0 to %d days, not %s".formatted(LONGEST.toDays(), handover));
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

  /**
   * The time as the series has it when it looks for weights: behind by its own share of the handover, which its name alone
   * decides, so that every replay hands over alike.
   */
  public long behind(String series, long time) {
    long share = Integer.toUnsignedLong(series.hashCode() * SPREADING);
    return time - (handover.toMillis() * share >>> Integer.SIZE);
  }

  /** Every model that answers somebody. */
  public Set<String> models() {
    Set<String> models = new TreeSet<>(groups.values());
    models.add(model);
    return models;
  }

  static Groups read(Section section, Rules contest) {
    String model = section.text("model", "default");
    Map<Pattern, String> groups = new LinkedHashMap<>();
    section.pairs("groups").forEach((series, id) -> groups.put(pattern(section, series), id));
    Duration handover = section.duration("handover", Duration.ZERO);
    return section.checked(() -> new Groups(model, groups, handover, contest));
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
