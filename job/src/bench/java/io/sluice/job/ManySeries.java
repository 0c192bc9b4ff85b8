package io.sluice.job;

import io.sluice.bench.RandomWeights;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.Flows;
import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Reading;
import io.sluice.retrain.Library;
import io.sluice.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;

/**
 * The forecast operator on Flink's harness: one thread, a real state backend, checkpoints in files, no network.
 *
 * <p>Only one series is told its whole story; the others begin with a copy of its memory, so that a million have one of
 * full size within seconds.
 */
public final class ManySeries implements AutoCloseable {
  private static final int MAX_PARALLELISM = 128;
  private static final long START = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final int STORY = 200;
  private static final double[] NOTHING_KNOWN = {};

  private final KeyedBroadcastOperatorTestHarness<String, Arrival, Shipment, Row> harness;
  private final Settings settings;
  private final int series;
  private final SplittableRandom random = new SplittableRandom(1);
  private final int[] heard;

  private ManySeries(Settings settings, StateBackend backend, Path checkpoints, int series)
      throws Exception {
    this.settings = settings;
    this.series = series;
    heard = new int[series];
    harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                ForecastJob.function(settings, Library.EMPTY, new Configuration()),
                List.of(Shelf.RELEASES)),
            ForecastJob::key,
            Types.STRING,
            MAX_PARALLELISM,
            1,
            0);
    harness.getExecutionConfig().enableObjectReuse();
    harness.setStateBackend(backend);
    harness.setCheckpointStorage(new FileSystemCheckpointStorage(checkpoints.toUri()));
    harness.setup(Flows.ROW.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
  }

  /** Set as in a job with that parallelism, of which this is a subtask. */
  public static StateBackend rocksdb(Settings settings) {
    EmbeddedRocksDBStateBackend rocksdb =
        new EmbeddedRocksDBStateBackend(true)
            .configure(
                JobEnvironment.configuration(settings.job()), ManySeries.class.getClassLoader());
    long memory = EmbeddedFlink.managedMemory(settings.job()).getBytes();
    rocksdb
        .getMemoryConfiguration()
        .setFixedMemoryPerSlot(new MemorySize(memory / settings.job().parallelism()));
    return rocksdb;
  }

  /** So many series, each with a memory of full size. */
  public static ManySeries grown(
      Settings settings, StateBackend backend, Path checkpoints, int series) throws Exception {
    ManySeries many = new ManySeries(settings, backend, checkpoints, series);
    many.harness.open();
    many.grow();
    return many;
  }

  /** Those of a checkpoint. */
  public static ManySeries restored(
      Settings settings, StateBackend backend, Path checkpoints, OperatorSubtaskState state)
      throws Exception {
    ManySeries many = new ManySeries(settings, backend, checkpoints, 1);
    many.harness.initializeState(state);
    many.harness.open();
    return many;
  }

  private void grow() throws Exception {
    Shipment weights =
        new Shipment.Delivered(RandomWeights.lstm(settings.plan(), 1).promoted(0, ""));
    harness.processBroadcastElement(weights, 0);
    for (int n = 0; n < STORY; n++) {
      hear(0);
    }
    KeyedStateBackend<String> backend = harness.getOperator().getKeyedStateBackend();
    ValueState<Memory> memories =
        backend.getPartitionedState(
            VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, ForecastFunction.MEMORY);
    backend.setCurrentKey("0");
    byte[] grown = memories.value().bytes();
    for (int which = 1; which < series; which++) {
      backend.setCurrentKey(Integer.toString(which));
      memories.update(Memory.of(grown));
      heard[which] = heard[0];
    }
  }

  /** So many readings, each of any series. */
  public void hearAny(int readings) throws Exception {
    for (int n = 0; n < readings; n++) {
      hear(random.nextInt(series));
    }
  }

  private void hear(int which) throws Exception {
    long time = START + heard[which]++ * MINUTE;
    double[] values = {20 + Math.sin(heard[which] * 0.26)};
    Reading reading = new Reading(Integer.toString(which), time, time, values, NOTHING_KNOWN);
    harness.processElement(new Arrival.Decoded(reading, original(time)), time);
    harness.getOutput().clear();
  }

  private static Original original(long time) {
    return new Original("readings", 0, 0, time, Optional.empty(), Optional.empty(), List.of());
  }

  /** Of a memory in state. */
  public int bytesOfOne() throws Exception {
    KeyedStateBackend<String> backend = harness.getOperator().getKeyedStateBackend();
    backend.setCurrentKey("0");
    return backend
        .getPartitionedState(
            VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, ForecastFunction.MEMORY)
        .value()
        .bytes()
        .length;
  }

  public OperatorSubtaskState checkpoint(long id) throws Exception {
    return harness.snapshot(id, id);
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception e) {
      throw new IllegalStateException("the operator does not close", e);
    }
  }
}
