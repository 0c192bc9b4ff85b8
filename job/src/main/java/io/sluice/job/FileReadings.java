package io.sluice.job;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Original;
import io.sluice.connectors.files.Columns;
import io.sluice.connectors.files.CsvReadings;
import io.sluice.forecast.Reading;
import io.sluice.symbols.Symbols;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.Collector;

/** All readings of a CSV file, as if a topic had brought them. */
final class FileReadings implements FlatMapFunction<String, Arrival> {
  private static final long serialVersionUID = 1;

  private final List<String> series;
  private final List<String> time;
  private final List<String> values;
  private final List<String> covariates;
  private final ZoneId zone;
  private final Symbols symbols;

  FileReadings(Columns columns) {
    series = columns.series().map(List::of).orElse(List.of());
    time = columns.time().map(List::of).orElse(List.of());
    values = columns.values();
    covariates = columns.covariates();
    zone = columns.zone();
    symbols = columns.symbols();
  }

  /** What is wrong in the file is wrong however often it is read: a job that came to it is at its end. */
  @Override
  public void flatMap(String file, Collector<Arrival> out) {
    try {
      read(file, out);
    } catch (IOException wrong) {
      throw new SuppressRestartsException(wrong);
    }
  }

  private void read(String file, Collector<Arrival> out) throws IOException {
    try (CsvReadings readings = CsvReadings.open(Path.of(file), columns())) {
      long row = 0;
      for (var next = readings.next(); next.isPresent(); next = readings.next()) {
        Reading reading = next.get();
        Original original =
            new Original(
                file, 0, row++, reading.time(), Optional.empty(), Optional.empty(), List.of());
        out.collect(new Arrival.Decoded(reading, original));
      }
    }
  }

  /** Optionals do not travel. */
  private Columns columns() {
    return new Columns(
        series.stream().findFirst(),
        time.stream().findFirst(),
        Optional.empty(),
        zone,
        values,
        covariates,
        symbols);
  }
}
