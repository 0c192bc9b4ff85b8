package io.sluice.job;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Flows;
import io.sluice.connectors.Row;
import io.sluice.contest.Score;
import io.sluice.retrain.Library;
import io.sluice.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;

/** The forecast operator at some parallelism, on Flink's own harness, with all of its state but without a cluster. */
final class Subtasks implements AutoCloseable {
  private static final int MAX_PARALLELISM = 16;
  private static final int MOST_BYTES = 1 << 28;

  private final Settings settings;

  private final Supplier<StateBackend> backend;
  private final List<KeyedBroadcastOperatorTestHarness<String, Arrival, Shipment, Row>> subtasks =
      new ArrayList<>();
  private long checkpoint;

  private Subtasks(Settings settings, Supplier<StateBackend> backend) {
    this.settings = settings;
    this.backend = backend;
  }

  static Subtasks fresh(Settings settings, Supplier<StateBackend> backend, int parallelism)
      throws Exception {
    return new Subtasks(settings, backend).start(parallelism, null, 1);
  }

  static Subtasks restored(Settings settings, OperatorSubtaskState state) throws Exception {
    return new Subtasks(settings, HashMapStateBackend::new).start(1, state, 1);
  }

  private Subtasks start(int parallelism, OperatorSubtaskState state, int before) throws Exception {
    for (int i = 0; i < parallelism; i++) {
      var harness =
          new KeyedBroadcastOperatorTestHarness<>(
              new CoBroadcastWithKeyedOperator<>(
                  ForecastJob.function(settings, Library.EMPTY, new Configuration()),
                  List.of(Shelf.RELEASES)),
              ForecastJob::key,
              Types.STRING,
              MAX_PARALLELISM,
              parallelism,
              i);
      harness.setStateBackend(backend.get());
      harness.setup(Flows.ROW.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
      if (state != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, before, parallelism, i));
      }
      harness.open();
      // weights know no time
      harness.processBroadcastWatermark(Long.MAX_VALUE);
      subtasks.add(harness);
    }
    return this;
  }

  void hear(Arrival arrival) throws Exception {
    int subtask =
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            ForecastJob.key(arrival), MAX_PARALLELISM, subtasks.size());
    subtasks.get(subtask).processElement(arrival, arrival.original().timestamp());
  }

  void ship(Shipment shipment) throws Exception {
    for (var subtask : subtasks) {
      subtask.processBroadcastElement(shipment, 0);
    }
  }

  void watermark(long time) throws Exception {
    for (var subtask : subtasks) {
      subtask.processWatermark(time);
    }
  }

  /** What has been said since the last time. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (var subtask : subtasks) {
      rows.addAll(subtask.extractOutputValues());
      subtask.getOutput().clear();
    }
    return rows;
  }

  /** What series have found of challengers since the last time. */
  List<Score> scores() {
    List<Score> scores = new ArrayList<>();
    for (var subtask : subtasks) {
      var said = subtask.getSideOutput(ForecastFunction.SCORES);
      if (said != null) {
        said.forEach(record -> scores.add(record.getValue()));
        said.clear();
      }
    }
    return scores;
  }

  /** How many series there is a memory of. */
  long remembered() {
    return subtasks.stream().flatMap(Subtasks::series).count();
  }

  private static Stream<String> series(
      KeyedBroadcastOperatorTestHarness<String, Arrival, Shipment, Row> subtask) {
    KeyedStateBackend<String> keyed =
        ((AbstractStreamOperator<?>) subtask.getOperator()).getKeyedStateBackend();
    return keyed.getKeys(ForecastFunction.MEMORY.getName(), VoidNamespace.INSTANCE);
  }

  OperatorSubtaskState snapshot() throws Exception {
    return begin().written();
  }

  /** A checkpoint that is begun: it holds what is, though most of it has yet to be written. */
  Checkpoint begin() throws Exception {
    List<OperatorSnapshotFutures> parts = new ArrayList<>();
    checkpoint++;
    for (var subtask : subtasks) {
      parts.add(
          subtask
              .getOperator()
              .snapshotState(
                  checkpoint,
                  checkpoint,
                  CheckpointOptions.forCheckpointWithDefaultLocation(),
                  new MemCheckpointStreamFactory(MOST_BYTES)));
    }
    return new Checkpoint(parts);
  }

  record Checkpoint(List<OperatorSnapshotFutures> parts) {
    OperatorSubtaskState written() throws Exception {
      List<OperatorSubtaskState> states = new ArrayList<>();
      for (OperatorSnapshotFutures part : parts) {
        states.add(OperatorSnapshotFinalizer.create(part).getJobManagerOwnedState());
      }
      return AbstractStreamOperatorTestHarness.repackageState(
          states.toArray(OperatorSubtaskState[]::new));
    }
  }

  /** That checkpoint, and with it the rows before it, are committed. */
  void complete() throws Exception {
    for (var subtask : subtasks) {
      subtask.notifyOfCompletedCheckpoint(checkpoint);
    }
  }

  /** Dies and is born again from what it stored. */
  Subtasks reborn(int parallelism) throws Exception {
    return reborn(begin(), parallelism);
  }

  /** Dies and is born again from a checkpoint, which is written only now. */
  Subtasks reborn(Checkpoint last, int parallelism) throws Exception {
    OperatorSubtaskState state = last.written();
    int before = subtasks.size();
    close();
    return new Subtasks(settings, backend).start(parallelism, state, before);
  }

  @Override
  public void close() {
    try {
      for (var subtask : subtasks) {
        subtask.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("a subtask does not close", e);
    }
  }
}
