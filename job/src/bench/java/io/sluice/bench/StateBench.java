package io.sluice.bench;

import io.sluice.job.ManySeries;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/** What an event, a checkpoint and a restore cost as the number of series grows; one thread, no Kafka, no network. */
public final class StateBench {
  private static final int[] SERIES = {1_000, 10_000, 100_000, 1_000_000};
  private static final int WARM = 100_000;
  private static final int ROUNDS = 5;
  private static final int EVENTS = 40_000;
  private static final int BESIDE = 10_000;

  /** Of the heap, for a memory with its objects and its key. */
  private static final long HEAP_BYTES = 8 << 10;

  private final Settings settings =
      Settings.parse(
          "{kafka: {bootstrap: none}, readings: {values: {value: value}}, job: {parallelism: 2, backend: rocksdb}}");
  private final Report report = new Report("State");
  private final Map<String, Double> atFirst = new HashMap<>();
  private final Path scratch;

  private StateBench(Path scratch) {
    this.scratch = scratch;
  }

  /** @param arguments none, or {@code --json F} */
  public static void main(String[] arguments) throws Exception {
    Path scratch = Files.createTempDirectory("sluice-bench");
    new StateBench(scratch).warmUp();
    StateBench bench = new StateBench(scratch);
    for (int series : SERIES) {
      bench.measure("heap", series);
      bench.measure("rocksdb", series);
    }
    bench.sideBySide();
    delete(bench.scratch);
    bench.report.tell(arguments);
  }

  /** So that the first to be measured finds compiled code. */
  private void warmUp() throws Exception {
    for (int round = 0; round < 2; round++) {
      measure("heap", SERIES[0]);
      measure("rocksdb", SERIES[0]);
    }
    System.out.println("warm; what counts follows");
  }

  private void measure(String backend, int series) throws Exception {
    String name = Report.format("%s, %,d series", backend, series);
    if (backend.equals("heap") && series * HEAP_BYTES > Runtime.getRuntime().maxMemory()) {
      report.line(name, "not tried: the heap is too small for it");
      System.out.println(name + ": the heap is too small for it; SLUICE_JVM=-Xmx12g gives more");
      return;
    }
    Path checkpoints = Files.createDirectories(scratch.resolve(backend + series));
    OperatorSubtaskState state;
    long bytes;
    double nanos;
    double written;
    try (ManySeries many = ManySeries.grown(settings, backend(backend), checkpoints, series)) {
      nanos = nanosAnEvent(many);
      long begun = System.nanoTime();
      state = many.checkpoint(1);
      written = secondsSince(begun);
      bytes = many.bytesOfOne();
    }
    long begun = System.nanoTime();
    ManySeries.restored(settings, backend(backend), checkpoints, state).close();
    double restored = secondsSince(begun);
    delete(checkpoints);
    double ratio = nanos / atFirst.computeIfAbsent(backend, key -> nanos);
    String figure =
        Report.format(
            "%,.0f ns an event; %,d B a memory; checkpoint %,.1f MB, %.2f s; restore %.2f s",
            nanos, bytes, state.getStateSize() / 1e6, written, restored);
    System.out.println(name + ": " + figure);
    report.line(name, figure, "", Goal.atMost(1.3, ""), ratio);
    report.figure(
        name,
        Map.of(
            "nanosAnEvent", nanos,
            "bytesAMemory", bytes,
            "checkpointBytes", state.getStateSize(),
            "checkpointSeconds", written,
            "restoreSeconds", restored));
  }

  private StateBackend backend(String word) {
    return word.equals("heap") ? new HashMapStateBackend() : ManySeries.rocksdb(settings);
  }

  /** Two operators, each with a thread and series of its own, beside one: what the job scales to where it has its cores. */
  private void sideBySide() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Path checkpoints = Files.createDirectories(scratch.resolve("beside"));
    try (ManySeries left =
            ManySeries.grown(settings, backend("heap"), checkpoints.resolve("left"), BESIDE);
        ManySeries right =
            ManySeries.grown(settings, backend("heap"), checkpoints.resolve("right"), BESIDE)) {
      double alone = Math.max(nanosAnEvent(left), nanosAnEvent(right));
      Future<Double> other = threads.submit(() -> nanosAnEvent(right));
      double together = Math.max(nanosAnEvent(left), other.get());
      String figure = Report.format("%,.0f → %,.0f ns an event of each", alone, together);
      System.out.println("side by side: " + figure);
      report.line(
          "the operator alone, heap, 10,000 series, one thread → two",
          figure,
          "",
          Goal.atLeast(1.8),
          2 * alone / together);
    } finally {
      threads.shutdown();
    }
  }

  /** Of the best round. */
  private static double nanosAnEvent(ManySeries many) throws Exception {
    many.hearAny(WARM);
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long begun = System.nanoTime();
      many.hearAny(EVENTS);
      best = Math.min(best, secondsSince(begun) * 1e9 / EVENTS);
    }
    return best;
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
