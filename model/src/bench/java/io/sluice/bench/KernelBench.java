package io.sluice.bench;

import io.sluice.cell.ProductsBench;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The step and the micro-batch beside their peers in one run on one core: {@code KernelBench [--json FILE]}. Prints a table
 * with the ratios; every figure is the best of many short rounds, ours and the peers' alike, so that what else the machine
 * does falls out.
 */
public final class KernelBench {
  private final Map<String, Double> nanoseconds = new LinkedHashMap<>();
  private final Map<String, Double> medians = new LinkedHashMap<>();

  public static void main(String[] args) throws Exception {
    if (!"1".equals(System.getenv("OMP_NUM_THREADS"))) {
      throw new IllegalStateException("set OMP_NUM_THREADS=1: the peers would fight over one core");
    }
    KernelBench bench = new KernelBench();
    bench.measure();
    String table = bench.table();
    System.out.print(table);
    if (args.length == 2 && args[0].equals("--json")) {
      Files.writeString(Path.of(args[1]), bench.json());
    }
  }

  private void measure() throws Exception {
    String[] small = {"32", "64", "128"};
    String[] large = {"64", "128", "256"};
    lstm(options(), small, "1", "sluice", "onnx", "dl4j", "djl");
    lstm(options(), large, "96", "sluice", "onnx", "djl");
    ChainedOptionsBuilder withoutVectors = rounds().jvmArgs("-Xmx1g");
    lstm(withoutVectors, small, "1", "plain");
    lstm(withoutVectors, large, "96", "plain");
    ChainedOptionsBuilder parts = options().include(ProductsBench.class.getName() + ".products");
    keep(run(parts.include(ProductsBench.class.getName() + ".gates")));
    keep(run(options().include(ProductsBench.class.getName() + ".peak").param("hidden", "64")));
    torch();
  }

  private void lstm(
      ChainedOptionsBuilder options, String[] hidden, String series, String... libraries)
      throws RunnerException {
    options.include(LstmBench.class.getName()).param("hidden", hidden).param("series", series);
    keep(run(options.param("library", libraries)));
  }

  private static ChainedOptionsBuilder options() {
    return rounds().jvmArgsAppend("--add-modules=jdk.incubator.vector", "-Xmx1g");
  }

  private static ChainedOptionsBuilder rounds() {
    return new OptionsBuilder()
        .forks(1)
        .threads(1)
        .warmupIterations(5)
        .warmupTime(TimeValue.milliseconds(500))
        .measurementIterations(30)
        .measurementTime(TimeValue.milliseconds(70))
        .shouldFailOnError(false);
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).run();
  }

  private void keep(Collection<RunResult> results) {
    for (RunResult result : results) {
      String name = result.getPrimaryResult().getLabel();
      String library = result.getParams().getParam("library");
      String series = result.getParams().getParam("series");
      String key =
          key(
              library == null ? name : library,
              Integer.parseInt(result.getParams().getParam("hidden")),
              series == null ? ProductsBench.SERIES : Integer.parseInt(series));
      nanoseconds.put(key, result.getPrimaryResult().getStatistics().getMin());
      medians.put(key, result.getPrimaryResult().getStatistics().getPercentile(50));
    }
  }

  /** Debian's torch, where it is installed. */
  private void torch() throws IOException, InterruptedException {
    String script;
    try (var in = KernelBench.class.getResourceAsStream("cells.py")) {
      script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    ProcessBuilder python = new ProcessBuilder("/usr/bin/python3", "-c", script);
    python.environment().put("OMP_NUM_THREADS", "1");
    python.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = python.start();
    String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      System.out.println("/usr/bin/python3 has no torch: its LSTMCell is left out");
      return;
    }
    lines
        .lines()
        .map(line -> line.split(" "))
        .forEach(
            words -> {
              int hidden = Integer.parseInt(words[0]);
              int series = Integer.parseInt(words[1]);
              nanoseconds.put(key("torch", hidden, series), Double.parseDouble(words[2]));
              medians.put(key("torch", hidden, series), Double.parseDouble(words[3]));
            });
  }

  private static String key(String what, int hidden, int series) {
    return what + " H=" + hidden + " series=" + series;
  }

  private String table() {
    StringBuilder table = new StringBuilder();
    table
        .append('\n')
        .append(Machine.words())
        .append("\nthe best round of each, its median in brackets\n");
    for (int hidden : new int[] {32, 64, 128}) {
      line(table, hidden, 1, List.of("plain", "onnx", "dl4j", "djl", "torch"));
    }
    double peak = ProductsBench.PEAK_OPERATIONS / measured("peak", 64, ProductsBench.SERIES);
    table.append("one fused multiply-add after another: %.1f GFLOP/s%n".formatted(peak));
    for (int hidden : new int[] {64, 128, 256}) {
      line(table, hidden, ProductsBench.SERIES, List.of("plain", "onnx", "djl", "torch"));
      double operations = 2.0 * ProductsBench.SERIES * (ProductsBench.INPUTS + hidden) * 4 * hidden;
      double products = measured("products", hidden, ProductsBench.SERIES);
      table.append(
          "    products %.1f µs = %.1f GFLOP/s = %.0f %% of the peak, gates %.1f µs%n"
              .formatted(
                  products / 1e3,
                  operations / products,
                  100 * operations / products / peak,
                  measured("gates", hidden, ProductsBench.SERIES) / 1e3));
    }
    return table.toString();
  }

  private void line(StringBuilder table, int hidden, int series, List<String> peers) {
    double ours = measured("sluice", hidden, series);
    List<String> words = new ArrayList<>();
    double usual = medians.getOrDefault(key("sluice", hidden, series), Double.NaN);
    words.add(
        "%d series, H=%d: %.3f µs a step (%.3f)"
            .formatted(series, hidden, ours / series / 1e3, usual / series / 1e3));
    for (String peer : peers) {
      double theirs = measured(peer, hidden, series);
      double often = medians.getOrDefault(key(peer, hidden, series), Double.NaN) / series / 1e3;
      words.add(
          "%s %.2f µs (%.2f) %.1f×".formatted(peer, theirs / series / 1e3, often, theirs / ours));
    }
    table.append(String.join(", ", words)).append('\n');
  }

  private double measured(String what, int hidden, int series) {
    return nanoseconds.getOrDefault(key(what, hidden, series), Double.NaN);
  }

  private String json() {
    Stream<String> lines =
        nanoseconds.entrySet().stream()
            .map(
                entry ->
                    "  \"%s\": {\"best\": %.1f, \"median\": %.1f}"
                        .formatted(entry.getKey(), entry.getValue(), medians.get(entry.getKey())));
    return "{\n  \"machine\": \"%s\",\n%s\n}\n"
        .formatted(Machine.words(), String.join(",\n", lines.toList()));
  }
}
