package io.sluice.job;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What the forecast job counts, by the names under which dashboards find it. */
final class ForecastMetrics {
  static final String GROUP = "sluice";
  private static final int STEP_TIMES = 1000;

  final Counter readings;
  final Counter forecasts;
  final Counter verdicts;
  final Counter deadLetters;
  final Counter late;
  final Counter repeats;
  final Counter skewed;
  final Counter heldBack;

  /** Values that readings came without. */
  final Counter missing;

  /** Forecasts made of a step without a value, be it that none came or that no reading did. */
  final Counter imputed;

  /** Readings after more than {@code time.maxGap}, before which the memory was reset. */
  final Counter gaps;

  final Counter retired;

  /** Values that an interval of the shortest lead was held against, and those that lay within. */
  final Counter intervals;

  final Counter intervalsHeld;
  final Counter refusedWeights;

  /** Nanoseconds; one reading in 64 is timed. */
  final Histogram stepTime;

  private final MetricGroup group;
  private final Census census;
  private final Set<Long> versions = new HashSet<>();
  private final Map<String, Long> newest = new ConcurrentHashMap<>();
  private long modelAge;

  ForecastMetrics(MetricGroup parent, Census census) {
    group = parent.addGroup(GROUP);
    this.census = census;
    readings = group.counter("readings");
    forecasts = group.counter("forecasts");
    verdicts = group.counter("verdicts");
    deadLetters = group.counter("deadLetters");
    late = group.counter("late");
    repeats = group.counter("repeats");
    skewed = group.counter("skewed");
    heldBack = group.counter("heldBack");
    missing = group.counter("missing");
    imputed = group.counter("imputed");
    gaps = group.counter("gaps");
    retired = group.counter("retired");
    intervals = group.counter("intervals");
    intervalsHeld = group.counter("intervalsHeld");
    refusedWeights = group.counter("refusedWeights");
    stepTime = group.histogram("stepTime", new DescriptiveStatisticsHistogram(STEP_TIMES));
    group.gauge("seriesAlive", census::alive);
    group.gauge("modelAge", () -> modelAge);
    group.gauge("coverage", this::coverage);
    census.versions().forEach(this::version);
  }

  /** Share of values within their intervals since this subtask began, NaN before the first. */
  private double coverage() {
    return intervalsHeld.getCount() / (double) intervals.getCount();
  }

  /** A gauge for each version of the weights, from the first series on it. */
  void version(long version) {
    if (versions.add(version)) {
      group.addGroup("version", Long.toString(version)).gauge("series", () -> census.on(version));
    }
  }

  /** The newest promoted version of a model that has come here, be it active already or not. */
  void newest(String model, long version) {
    if (newest.put(model, version) == null) {
      group.addGroup("model", model).gauge("newestVersion", () -> newest.get(model));
    }
  }

  /** Milliseconds of event time since the answering weights became active. */
  void modelAge(long millis) {
    modelAge = millis;
  }
}
