package io.sluice.training;

import io.sluice.weights.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A batch cut into chunks that go through the network at the same time.
 *
 * <p>The cut depends on the batch alone, and what the chunks bring is added in their order: threads change the time it
 * takes and no bit of the sums.
 */
final class Passes implements AutoCloseable {
  /** Windows of a chunk, at most: as fast on one core as 64, and two cores share a batch of 64. */
  static final int CHUNK = 32;

  private final List<Chunk> chunks = new ArrayList<>();
  private final ExecutorService threads;

  /** Some rows of the batch, and everything that is theirs alone. */
  private record Chunk(Bptt bptt, Batch batch, Parameters dw, int from) {}

  Passes(Architecture architecture, Plan plan, Extent extent, int targets) {
    for (int from = 0; from < extent.rows(); from += CHUNK) {
      int rows = Math.min(CHUNK, extent.rows() - from);
      Extent part = new Extent(extent.steps(), rows);
      chunks.add(
          new Chunk(
              new Bptt(architecture, plan.loss(), part),
              new Batch(extent.steps(), rows, architecture.inputs(), targets),
              new Parameters(architecture),
              from));
    }
    threads = Executors.newFixedThreadPool(Math.min(plan.threads(), chunks.size()), Passes::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "training");
    thread.setDaemon(true);
    return thread;
  }

  /** The batch that the next pass reads, row by row. */
  void put(int row, Window window, int burnIn) {
    Chunk chunk = chunks.get(row / CHUNK);
    chunk.batch.put(row - chunk.from, window, burnIn);
  }

  void clear(int row) {
    Chunk chunk = chunks.get(row / CHUNK);
    chunk.batch.clear(row - chunk.from);
  }

  /** Σ mask over the batch. */
  double weight() {
    return chunks.stream().mapToDouble(chunk -> chunk.batch.weight()).sum();
  }

  /** The mean loss of the batch, and its gradient in {@code dw}. */
  double gradient(Parameters w, Parameters dw) throws InterruptedException {
    double weight = weight();
    double total =
        sum(
            chunk -> {
              chunk.batch.normalise(weight);
              chunk.dw.clear();
              return chunk.bptt.gradient(w, chunk.batch, chunk.dw);
            });
    dw.clear();
    chunks.forEach(chunk -> dw.add(chunk.dw));
    return total;
  }

  /** Σ mask·loss of the batch. */
  double loss(Parameters w) throws InterruptedException {
    return sum(chunk -> chunk.bptt.loss(w, chunk.batch));
  }

  void carry() {
    chunks.forEach(chunk -> chunk.bptt.carry());
  }

  void forget() {
    chunks.forEach(chunk -> chunk.bptt.forget());
  }

  @FunctionalInterface
  private interface Work {
    double of(Chunk chunk);
  }

  private double sum(Work work) throws InterruptedException {
    List<Callable<Double>> calls = new ArrayList<>();
    chunks.forEach(chunk -> calls.add(() -> work.of(chunk)));
    double sum = 0;
    for (Future<Double> part : threads.invokeAll(calls)) {
      try {
        sum += part.get();
      } catch (ExecutionException failed) {
        throw new IllegalStateException("a pass through the network failed", failed.getCause());
      }
    }
    return sum;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
