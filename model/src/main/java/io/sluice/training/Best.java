package io.sluice.training;

import io.sluice.weights.Weights;

/** Keeps the weights of the best epoch, and knows when waiting for a better one is over. */
final class Best {
  private final int patience;

  private double score = Double.POSITIVE_INFINITY;
  private Weights weights;
  private int epoch;
  private int waited;

  Best(int patience) {
    this.patience = patience;
  }

  void hears(Epoch ended, Parameters w) {
    waited++;
    // an epoch all of whose batches were skipped has no score, and any that has one is better
    double now = Double.isNaN(ended.score()) ? Double.POSITIVE_INFINITY : ended.score();
    if (weights == null || now < score) {
      score = now;
      weights = w.weights();
      epoch = ended.number();
      waited = 0;
    }
  }

  /** No epoch of the last {@code patience} was better. */
  boolean settled() {
    return patience > 0 && waited >= patience;
  }

  Weights weights() {
    return weights;
  }

  int epoch() {
    return epoch;
  }
}
