package io.sluice.cli;

import io.sluice.connectors.files.Columns;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which file is read, and what is forecast of it. */
final class FileOptions {
  @Option(names = "--data", required = true, paramLabel = "F.csv[.gz]", description = "Readings.")
  Path data;

  @Option(
      names = "--time",
      paramLabel = "COL",
      description = "Column of the time; without one a minute passes between rows.")
  private String time;

  @Option(
      names = "--values",
      required = true,
      split = ",",
      paramLabel = "A,B",
      description = "Columns of the variables.")
  private List<String> values;

  @Option(
      names = "--horizon",
      defaultValue = "1,24,48",
      split = ",",
      paramLabel = "N,N",
      description = "Steps ahead (${DEFAULT-VALUE}).")
  List<Integer> horizon;

  @Option(
      names = "--history",
      defaultValue = "1200",
      paramLabel = "N",
      description = "Last values that the cheap forecasters learn from (${DEFAULT-VALUE}).")
  int history;

  @Option(
      names = "--series-column",
      paramLabel = "COL",
      description = "Column of the name of the series; without one the file is one series.")
  private String seriesColumn;

  @Option(names = "--series", paramLabel = "S", description = "The series, where there are more.")
  private String series;

  /** As they would be typed again. */
  String typed() {
    StringBuilder typed = new StringBuilder("--data " + data);
    if (time != null) {
      typed.append(" --time ").append(time);
    }
    typed.append(" --values ").append(String.join(",", values));
    List<String> ahead = horizon.stream().map(String::valueOf).toList();
    return typed + " --horizon " + String.join(",", ahead) + " --history " + history;
  }

  Optional<String> series() {
    return Optional.ofNullable(series);
  }

  Columns columns() {
    return new Columns(
        Optional.ofNullable(seriesColumn),
        Optional.ofNullable(time),
        Optional.empty(),
        ZoneOffset.UTC,
        values,
        List.of());
  }
}
