package io.sluice.training;

import io.sluice.weights.Tensor;
import io.sluice.weights.Weights;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Who may answer: what was learnt, if it foretold later readings, which it had not seen, better than both what answers now
 * and what costs nothing, and on the series that it is worst at no worse than either on theirs.
 *
 * @param margin the share of the others' loss by which the candidate's must be lower
 * @param naive what it is called that costs nothing
 */
public record Gate(double margin, String naive) {
  /** No weight that learns from scaled inputs comes near it. */
  private static final double LARGEST = 1000;

  private static final int TENTH = 10;

  public Gate(double margin) {
    this(margin, "the last value");
  }

  public Gate {
    if (!(margin >= 0 && margin < 1)) {
      throw new IllegalArgumentException("a margin lies in [0, 1), not " + margin);
    }
  }

  /**
   * Mean losses over held-out windows, of one series or of all.
   *
   * @param champion NaN where nobody answers yet
   * @param windows how many
   */
  public record Score(double candidate, double champion, double naive, long windows)
      implements Serializable {

    /** The mean, each weighing as much as its windows. */
    public static Score mean(List<Score> scores) {
      double[] sums = new double[3];
      long windows = 0;
      for (Score score : scores) {
        if (score.windows > 0) {
          sums[0] += score.candidate * score.windows;
          sums[1] += score.champion * score.windows;
          sums[2] += score.naive * score.windows;
          windows += score.windows;
        }
      }
      return new Score(sums[0] / windows, sums[1] / windows, sums[2] / windows, windows);
    }
  }

  /** What was decided, and why. */
  public record Decision(boolean promoted, String reason) {}

  /**
   * Decides.
   *
   * @param weights of the candidate
   * @param each of the series that can be measured
   */
  public Decision decide(Weights weights, List<Score> each) {
    Score score = Score.mean(each);
    double largest = largest(weights);
    if (largest > LARGEST) {
      return new Decision(
          false, format("its largest weight is %.5g, too large beyond %.0f", largest, LARGEST));
    }
    if (score.windows == 0) {
      return new Decision(false, "no later readings to be measured by");
    }
    if (!Double.isFinite(score.candidate)) {
      return new Decision(false, "its loss on later readings is no number");
    }
    if (!below(score.candidate, score.naive)) {
      return refused(naive, score.candidate, score.naive);
    }
    if (!Double.isNaN(score.champion) && !below(score.candidate, score.champion)) {
      return refused("the version before", score.candidate, score.champion);
    }
    Optional<Decision> worse =
        worse(each, "the version before", Score::champion)
            .or(() -> worse(each, naive, Score::naive));
    return worse.orElseGet(() -> promoted(score));
  }

  private Decision promoted(Score score) {
    double better = 100 * (1 - score.candidate / score.naive);
    String reason = format("%.1f %% better than %s on later readings", better, naive);
    return new Decision(true, Double.isNaN(score.champion) ? reason : reason + against(score));
  }

  /** Where nobody answers yet, nobody is worse than that. */
  private Optional<Decision> worse(List<Score> each, String what, ToDoubleFunction<Score> loss) {
    double own = worst(each, Score::candidate);
    double other = worst(each, loss);
    if (!(own > other * (1 + margin))) {
      return Optional.empty();
    }
    String where = each.size() < TENTH ? "series" : "tenth of the series";
    String why = "worse than %s on the worst %s: loss %.5g against %.5g";
    return Optional.of(new Decision(false, format(why, what, where, own, other)));
  }

  /** The mean over the series that this loss is highest on: a tenth of them, at least one. */
  private static double worst(List<Score> each, ToDoubleFunction<Score> loss) {
    double[] losses =
        each.stream().filter(score -> score.windows > 0).mapToDouble(loss).sorted().toArray();
    int tenth = Math.max(1, losses.length / TENTH);
    return Arrays.stream(losses, losses.length - tenth, losses.length).sum() / tenth;
  }

  private static double largest(Weights weights) {
    double largest = 0;
    for (Tensor tensor : weights.tensors().byName().values()) {
      for (float weight : tensor.data()) {
        largest = Math.max(largest, Math.abs(weight));
      }
    }
    return largest;
  }

  private static String against(Score score) {
    return format(
        ", %.1f %% than the version before", 100 * (1 - score.candidate / score.champion));
  }

  private boolean below(double loss, double other) {
    return loss < other * (1 - margin);
  }

  private Decision refused(String what, double loss, double other) {
    return new Decision(
        false,
        format(
            "not %.1f %% better than %s on later readings: loss %.5g against %.5g",
            100 * margin, what, loss, other));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
