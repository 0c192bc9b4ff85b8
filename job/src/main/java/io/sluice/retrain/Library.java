package io.sluice.retrain;

import io.sluice.weights.Release;
import java.io.Serializable;
import java.util.List;

/**
 * The releases that are published, whoever made them. Asked by the coordinator at the beginning of each round, and by each
 * subtask that forecasts whenever it starts.
 */
@FunctionalInterface
public interface Library extends Serializable {
  Library EMPTY = List::of;

  /** Each in its latest state. */
  List<Release> releases();
}
