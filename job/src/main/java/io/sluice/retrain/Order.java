package io.sluice.retrain;

import java.io.Serializable;

/**
 * A round that is to be held.
 *
 * @param cut the time of the last reading that may be learnt from, epoch milliseconds
 * @param model whose next version it is to come to
 * @param fresh whether it begins from scratch, and not from the weights that answer now
 */
public record Order(long cut, String model, boolean fresh) implements Serializable {
  public Order(long cut, String model) {
    this(cut, model, false);
  }
}
