package io.sluice.forecast;

/** What stands behind a forecast. */
public enum Status {
  /** No weights yet: the named baseline answers. */
  BASELINE,
  /** The memory has not seen enough readings yet; the intervals are the baseline's. */
  WARMING,
  /** The network's forecast. */
  LIVE
}
