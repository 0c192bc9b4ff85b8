package io.sluice.training;

/**
 * One pass over the windows, done.
 *
 * @param number the first is 1
 * @param loss the mean over all targets that counted, each before its batch's step
 * @param heldOut the mean over the held-out windows after the epoch; NaN where there are none
 * @param norm the longest gradient before clipping
 * @param steps of the network: windows times their length
 * @param skipped batches left out because their gradient was not finite
 */
public record Epoch(
    int number, double loss, double heldOut, double norm, long steps, int skipped, double seconds) {

  /** What decides whether the epoch was better than another. */
  public double score() {
    return Double.isNaN(heldOut) ? loss : heldOut;
  }
}
