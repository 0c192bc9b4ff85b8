package io.sluice.backtest;

import io.sluice.connectors.files.CsvReadings;
import io.sluice.forecast.Reading;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The readings of one series, out of a file that may hold more: several told as one would be scored as nonsense. Symbols are
 * those of all series, where none is named: each is told by itself, and they come in the order of their times, so that none is
 * learnt from before it has come, however the file is ordered. Those of one series stay as they stand in it.
 */
final class OneSeries {
  /** Of times that do not go on: a clock set back for winter has fewer, two series in one file have more. */
  private static final double MOST_BACK = 0.1;

  private static final int SHOWN = 5;

  private final BacktestPlan plan;
  private final boolean symbols;
  private final List<Due> readings = new ArrayList<>();
  private final Set<String> names = new TreeSet<>();
  private final Map<String, Course> courses = new TreeMap<>();

  /** A reading, and when its turn is: after those of its series that stand before it, late or not. */
  private record Due(long time, Reading reading) {}

  /** How the times of a series go on. */
  private static final class Course {
    private long latest = Long.MIN_VALUE;
    private int readings;
    private int back;
    private String first = "";

    /** @param alike whether several may come at once */
    private void goOn(long time, boolean alike) {
      readings++;
      if (time < latest || time == latest && !alike) {
        back++;
        first = first.isEmpty() ? instant(time) + " after " + instant(latest) : first;
      }
      latest = Math.max(latest, time);
    }

    private static Instant instant(long time) {
      return Instant.ofEpochMilli(time);
    }
  }

  private OneSeries(BacktestPlan plan) {
    this.plan = plan;
    symbols = plan.columns().symbols().any();
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
    readings.sort(Comparator.comparingLong(Due::time));
    return readings.stream().map(Due::reading).toList();
  }

  private void take(Reading reading) {
    String name = reading.series();
    names.add(name);
    if (plan.series().isEmpty() || plan.series().get().equals(name)) {
      Course course = courses.computeIfAbsent(name, first -> new Course());
      course.goOn(reading.time(), symbols);
      readings.add(new Due(course.latest, reading));
    }
  }

  private void check() throws IOException {
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
    for (Map.Entry<String, Course> one : courses.entrySet()) {
      check(one.getKey(), one.getValue());
    }
  }

  private void check(String name, Course course) throws IOException {
    if (course.back > MOST_BACK * course.readings) {
      boolean named = plan.columns().series().isPresent();
      throw new IOException(
          "the times of %s do not go on in %,d of %,d readings, first at %s: sort them%s"
              .formatted(
                  named ? "series \"%s\" in %s".formatted(name, plan.data()) : plan.data(),
                  course.back,
                  course.readings,
                  course.first,
                  named ? "" : ", or name the column of their series with --series-column"));
    }
  }

  private String some() {
    String some = String.join(", ", names.stream().limit(SHOWN).toList());
    return names.size() > SHOWN ? some + ", …" : some;
  }
}
