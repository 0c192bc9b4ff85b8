package io.sluice.settings;

import io.sluice.contest.Rules;
import io.sluice.forecast.BySeries;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which model answers which series, one for all or one for each group, and how series go over to its new weights.
 *
 * @param answering ids of models
 * @param handover event time within which all series have gone over to new weights, each at its own moment, so that they do
 *     not all form their memories anew at once; zero for all at {@code activeFrom}
 * @param contest by which a model is measured against another on live events
 */
public record Groups(BySeries<String> answering, Duration handover, Rules contest)
    implements Serializable {
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final int SPREADING = 0x9E3779B9;

  public Groups {
    if (answering.standard().isBlank() || answering.patterns().containsValue("")) {
      throw new IllegalArgumentException("a model needs an id");
    }
    if (handover.isNegative() || handover.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a handover takes 0 to %d days, not %s".formatted(LONGEST.toDays(), handover));
    }
  }

  /** The model of every series that no group names. */
  public String model() {
    return answering.standard();
  }

  /** The model of a series. */
  public String model(String series) {
    return answering.of(series);
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
    Set<String> models = new TreeSet<>(answering.patterns().values());
    models.add(model());
    return models;
  }

  static Groups read(Section section, Rules contest) {
    String model = section.text("model", "default");
    Map<Pattern, String> groups = section.patterns("groups", id -> id);
    Duration handover = section.duration("handover", Duration.ZERO);
    return section.checked(() -> new Groups(new BySeries<>(model, groups), handover, contest));
  }
}
