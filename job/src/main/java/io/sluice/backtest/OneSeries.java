package io.sluice.backtest;

import io.sluice.connectors.files.CsvReadings;
import io.sluice.forecast.Reading;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The readings of one series, out of a file that may hold more: several told as one would be scored as nonsense. Symbols are
 * those of all series, where none is named: each is told by itself.
 */
final class OneSeries {
  /** Of times that do not go on: a clock set back for winter has fewer, two series in one file have more. */
  private static final double MOST_BACK = 0.1;

  private static final int SHOWN = 5;

  private final BacktestPlan plan;
  private final List<Reading> readings = new ArrayList<>();
  private final Set<String> names = new TreeSet<>();
  private long latest = Long.MIN_VALUE;
  private int back;
  private String first = "";

  private OneSeries(BacktestPlan plan) {
    this.plan = plan;
  }

  static List<Reading> read(BacktestPlan plan) throws IOException {
    return new OneSeries(plan).read();
  }

  private List<Reading> read() throws IOException {
    try (CsvReadings file = CsvReadings.open(plan.data(), plan.columns())) {
      for (Optional<Reading> next = file.next(); next.isPresent(); next = file.next()) {
        take(next.get());
      }
    }
    check();
    return List.copyOf(readings);
  }

  private void take(Reading reading) {
    names.add(reading.series());
    if (plan.series().isEmpty() || plan.series().get().equals(reading.series())) {
      readings.add(reading);
      if (reading.time() <= latest) {
        back++;
        first =
            first.isEmpty()
                ? "%s after %s"
                    .formatted(Instant.ofEpochMilli(reading.time()), Instant.ofEpochMilli(latest))
                : first;
      }
      latest = Math.max(latest, reading.time());
    }
  }

  private void check() throws IOException {
    boolean symbols = plan.columns().symbols().any();
    if (plan.series().isEmpty() && names.size() > 1 && !symbols) {
      throw new IOException(
          "%s holds %d series, %s: name one with --series"
              .formatted(plan.data(), names.size(), some()));
    }
    if (readings.isEmpty() && plan.series().isPresent()) {
      throw new IOException(
          "%s has no series \"%s\"; it has %s".formatted(plan.data(), plan.series().get(), some()));
    }
    if (readings.size() < 2) {
      throw new IOException("%s holds %d readings".formatted(plan.data(), readings.size()));
    }
    if (back > MOST_BACK * readings.size() && !symbols) {
      throw new IOException(
          "the times of %s do not go on in %,d of %,d readings, first at %s: sort them, or name the column of their series with --series-column and one of them with --series"
              .formatted(plan.data(), back, readings.size(), first));
    }
  }

  private String some() {
    String some = String.join(", ", names.stream().limit(SHOWN).toList());
    return names.size() > SHOWN ? some + ", …" : some;
  }
}
