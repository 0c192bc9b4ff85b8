package io.sluice.backtest;

import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Reading;
import io.sluice.forecast.Timing;
import io.sluice.settings.Durations;
import java.util.List;
import java.util.Locale;

/**
 * What a job needs in its settings to say what a backtest said, and what that costs it.
 *
 * @param forecasts of that job
 * @param own whether these are the job's own settings
 * @param bytes of the series' memory then
 * @param without of the same memory without the cheap forecasters
 * @param silent whether the series was silent for as long as a job would have forgotten it after, by its default
 */
record Production(ForecastPlan forecasts, boolean own, int bytes, int without, boolean silent) {
  /** Readings that fill a memory of the standard sizes. */
  private static final int FILL = 6000;

  private static final int STANDARD_HISTORY = 1200;

  /** By what a memory of the series comes to, played over its last readings. */
  static Production of(ForecastPlan forecasts, boolean own, List<Reading> readings) {
    List<Reading> last = readings.subList(Math.max(0, readings.size() - FILL), readings.size());
    return new Production(
        forecasts,
        own,
        bytes(forecasts, last),
        bytes(forecasts.withHistory(0), last),
        longestSilence(readings) >= Timing.DEFAULT.retireAfter().toMillis());
  }

  private static long longestSilence(List<Reading> readings) {
    long longest = 0;
    long latest = readings.get(0).time();
    for (Reading reading : readings) {
      longest = Math.max(longest, reading.time() - latest);
      latest = Math.max(latest, reading.time());
    }
    return longest;
  }

  private static int bytes(ForecastPlan plan, List<Reading> readings) {
    Forecaster forecaster = new Forecaster(plan);
    Memory memory = Memory.fresh(plan);
    Outcome nobody = new Outcome();
    readings.forEach(reading -> forecaster.advance(memory, reading, Model.none(), nobody));
    return memory.bytes().length;
  }

  /** For people. */
  String text() {
    if (!own) {
      return "A job does the same with these lines of sluice.yaml, but that its network learns in the rounds of ./sluice retrain: %s of memory a series\n%s(its own default, history: 0, takes %s and leaves the cheap forecasters and what they are surprised by out)\n"
          .formatted(kilobytes(bytes), lines(), kilobytes(without));
    }
    return forecasts.history() > 0
        ? "The job of --config takes %s of memory a series; without its model.history, %s\n"
            .formatted(kilobytes(bytes), kilobytes(without))
        : "The job of --config has no model.history, so the cheap forecasters, which know the series from its first day on, were left out; model: {history: %d} brings them\n"
            .formatted(STANDARD_HISTORY);
  }

  private String lines() {
    String model =
        "  model: {history: %d, horizon: %s, quantiles: %s}\n"
            .formatted(
                forecasts.history(), forecasts.horizon().leads(), forecasts.horizon().quantiles());
    return silent
        ? model
            + "  time: {retireAfter: %s}\n"
                .formatted(Durations.text(forecasts.timing().retireAfter()))
        : model;
  }

  private static String kilobytes(int bytes) {
    return String.format(Locale.ROOT, "%.1f KB", bytes / 1e3);
  }
}
