package io.sluice.backtest;

/** Errors of one forecaster at one lead, summed over readings, on values scaled by the training part. */
final class Tally {
  private final long[] below;
  private double squares;
  private double sizes;
  private double naive;
  private double pinball;
  private long inside;
  private long scored;

  Tally(int levels) {
    below = new long[levels];
  }

  void error(double scaled, double naiveStep) {
    squares += scaled * scaled;
    sizes += Math.abs(scaled);
    naive += naiveStep;
    scored++;
  }

  /** What became of the quantiles; {@code level} of each says whether what came lay at or below it. */
  void quantiles(double scaledPinball, boolean held, boolean[] level) {
    pinball += scaledPinball;
    inside += held ? 1 : 0;
    for (int i = 0; i < below.length; i++) {
      below[i] += level[i] ? 1 : 0;
    }
  }

  void add(Tally other) {
    squares += other.squares;
    sizes += other.sizes;
    naive += other.naive;
    pinball += other.pinball;
    inside += other.inside;
    scored += other.scored;
    for (int i = 0; i < below.length; i++) {
      below[i] += other.below[i];
    }
  }

  long scored() {
    return scored;
  }

  double mse() {
    return squares / scored;
  }

  double mae() {
    return sizes / scored;
  }

  /** Mean error over the mean step of the training part. */
  double mase() {
    return sizes / naive;
  }

  /** Twice the mean pinball loss over all quantiles: the ranked probability score as far as they tell it. */
  double crps() {
    return pinball / scored;
  }

  double coverage() {
    return (double) inside / scored;
  }

  /** Share of what came that lay at or below a quantile. */
  double below(int level) {
    return (double) below[level] / scored;
  }
}
