package io.sluice.training;

import io.sluice.weights.Weights;
import java.util.List;

/**
 * What training came to.
 *
 * @param weights of the best epoch where windows were held out or patience was set, else of the last
 * @param epochs all that ran
 * @param best the number of the epoch with the lowest loss
 */
public record Trained(Weights weights, List<Epoch> epochs, int best) {
  public Trained {
    epochs = List.copyOf(epochs);
  }
}
