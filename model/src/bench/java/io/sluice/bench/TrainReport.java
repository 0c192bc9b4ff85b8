package io.sluice.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Steps of the cell a second, B·T of them a batch: the fastest batch of each peer, and the one in the middle. */
record TrainReport(List<Row> rows) {
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");
  private static final double WORK = TrainBench.BATCH * TrainBench.STEPS;

  /** @param median steps a second, as {@code best} */
  record Row(int hidden, String peer, double best, double median) {}

  static TrainReport run() throws RunnerException, IOException {
    Collection<RunResult> results =
        new Runner(new OptionsBuilder().include(TrainBench.class.getName()).build()).run();
    List<Row> rows = new ArrayList<>();
    Set<Integer> sizes = new TreeSet<>();
    for (RunResult result : results) {
      int hidden = Integer.parseInt(result.getParams().getParam("hidden"));
      var times = result.getPrimaryResult().getStatistics();
      double best = 1e3 * WORK / times.getMin();
      rows.add(
          new Row(
              hidden,
              result.getPrimaryResult().getLabel(),
              best,
              1e3 * WORK / times.getPercentile(50)));
      sizes.add(hidden);
    }
    for (int hidden : sizes) {
      rows.addAll(python(hidden));
    }
    return new TrainReport(List.copyOf(rows));
  }

  private static List<Row> python(int hidden) throws IOException {
    String script;
    try (InputStream source = TrainReport.class.getResourceAsStream("train.py")) {
      script = new String(source.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String python : PYTHONS) {
      Process process =
          new ProcessBuilder(python, "-c", script, Integer.toString(hidden), "8")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String[] said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .strip()
              .split(" ");
      if (said.length == 3) {
        double best = Double.parseDouble(said[0]);
        return List.of(new Row(hidden, "PyTorch " + said[2], best, Double.parseDouble(said[1])));
      }
    }
    return List.of();
  }

  String table() {
    StringBuilder table =
        new StringBuilder(
            "hidden  peer                   best /s    median /s   sluice by best, by median\n");
    for (Row row : rows) {
      Row ours = ours(row.hidden);
      table.append(
          String.format(
              Locale.ROOT,
              "%6d  %-20s %9.0f %12.0f   %6.2f %6.2f%n",
              row.hidden,
              row.peer,
              row.best,
              row.median,
              ours.best / row.best,
              ours.median / row.median));
    }
    return table.toString();
  }

  private Row ours(int hidden) {
    return rows.stream()
        .filter(row -> row.hidden == hidden && row.peer.equals("sluice"))
        .findFirst()
        .orElseThrow();
  }

  String json() {
    List<String> objects =
        rows.stream()
            .map(
                row ->
                    String.format(
                        Locale.ROOT,
                        "{\"hidden\":%d,\"peer\":\"%s\",\"best\":%.0f,\"median\":%.0f}",
                        row.hidden,
                        row.peer,
                        row.best,
                        row.median))
            .toList();
    return "{\"machine\": \"%s\",\n\"rows\": [%s]}\n"
        .formatted(Machine.words(), String.join(",\n", objects));
  }
}
