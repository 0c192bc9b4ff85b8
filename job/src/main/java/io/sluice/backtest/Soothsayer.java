package io.sluice.backtest;

import io.sluice.forecast.Reading;

/** Foretells the symbols of series, each with the chance that it has to come next. */
interface Soothsayer {
  /** By place, of a series that has been heard. */
  double[] chances(String series);

  /** Hears the next one; one that is missing is no event. */
  void hear(Reading reading);
}
