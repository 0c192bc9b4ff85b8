package io.sluice.job;

import io.sluice.connectors.Row;
import io.sluice.weights.Release;

/** What became of parts of weights. */
sealed interface Shipment {

  /** Whole, intact and fit for the plan. */
  record Delivered(Release release) implements Shipment {}

  /** Not to be used; the letter says why. */
  record Refused(Row.DeadLetter letter) implements Shipment {}
}
