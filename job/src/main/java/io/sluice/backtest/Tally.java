package io.sluice.backtest;

/** Errors of one forecaster at one lead, summed over readings and variables, on values scaled by the training part. */
final class Tally {
  private double squares;
  private double sizes;
  private double naive;
  private double pinball;
  private long inside;
  private long scored;

  void error(double scaled, double naiveStep) {
    if (Double.isNaN(scaled)) {
      return;
    }
    squares += scaled * scaled;
    sizes += Math.abs(scaled);
    naive += naiveStep;
    scored++;
  }

  void quantiles(double scaledPinball, boolean held) {
    pinball += scaledPinball;
    inside += held ? 1 : 0;
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

  double crps() {
    return pinball / scored;
  }

  double coverage() {
    return (double) inside / scored;
  }
}
