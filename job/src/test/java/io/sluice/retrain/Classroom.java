package io.sluice.retrain;

import io.sluice.anomaly.Label;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.FlowSerializer;
import io.sluice.connectors.Original;
import io.sluice.forecast.Reading;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.jobgraph.tasks.TaskOperatorEventGateway;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.SerializedValue;

/** The operator that learns, one subtask of it on Flink's own harness, and its coordinator. */
final class Classroom implements AutoCloseable {
  static final long START = 1_700_000_000_000L;
  static final long MINUTE = 60_000;
  private static final int MAX_PARALLELISM = 16;

  private final Settings settings;
  private final AtomicBoolean waits = new AtomicBoolean();
  private final RoundCoordinator coordinator;
  private final Desk desk;

  private Classroom(Settings settings, OperatorSubtaskState state) throws Exception {
    this.settings = settings;
    Syllabus syllabus = new Syllabus(settings.plan(), settings.retrain(), settings.groups());
    coordinator = new RoundCoordinator(syllabus, Library.EMPTY, 1, waits::set);
    coordinator.executionAttemptReady(0, 0, null); // it never speaks first
    desk = new Desk(new Factory(syllabus, new Gateway(coordinator)));
    desk.setup(new AsBytes());
    if (state != null) {
      desk.initializeState(state);
    }
    desk.open();
  }

  static Classroom fresh(Settings settings) throws Exception {
    return new Classroom(settings, null);
  }

  static Classroom restored(Settings settings, OperatorSubtaskState state) throws Exception {
    return new Classroom(settings, state);
  }

  Classroom hears(String series, long minute, double value) throws Exception {
    long time = START + minute * MINUTE;
    Reading reading = new Reading(series, time, time, new double[] {value}, new double[0]);
    return hears(series, new Arrival.Decoded(reading, original(time)));
  }

  Classroom hears(String series, long minute, Label label) throws Exception {
    long time = START + minute * MINUTE;
    return hears(series, new Arrival.Labelled(series, time, label, original(time)));
  }

  private Classroom hears(String series, Arrival arrival) throws Exception {
    operator().setCurrentKey(series);
    operator().processElement1(new StreamRecord<>(arrival));
    return this;
  }

  private static Original original(long time) {
    return new Original("readings", 0, 0, time, Optional.empty(), Optional.empty(), List.of());
  }

  /** Orders a round at the end of that minute. */
  Classroom orders(long minute) {
    operator().processElement2(new StreamRecord<>(new Order(START + minute * MINUTE, "default")));
    return this;
  }

  /** No reading of that minute or of one before is still to come. */
  Classroom passes(long minute) throws Exception {
    Watermark mark = new Watermark(START + minute * MINUTE);
    operator().processWatermark1(mark);
    operator().processWatermark2(mark);
    return this;
  }

  /** What the next round comes to. */
  Release learns() throws Exception {
    while (desk.extractOutputValues().isEmpty()) {
      desk.getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
    }
    Release made = desk.extractOutputValues().get(0);
    desk.getOutput().clear();
    return made;
  }

  /** Whether readings are to wait. */
  boolean readingsWait() {
    return waits.get();
  }

  /** Series of which anything is kept, by state. */
  long series(String state) throws Exception {
    try (var keys =
        operator().<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
      return keys.count();
    }
  }

  OperatorSubtaskState snapshot() throws Exception {
    return desk.snapshot(1, 1);
  }

  /** Dies, and is born again from what it stored. */
  Classroom reborn() throws Exception {
    OperatorSubtaskState state = snapshot();
    close();
    return restored(settings, state);
  }

  private RetrainOperator operator() {
    return (RetrainOperator) desk.getOperator();
  }

  @Override
  public void close() {
    try {
      desk.close();
    } catch (Exception e) {
      throw new IllegalStateException("the operator does not close", e);
    }
    coordinator.close();
  }

  @SuppressWarnings("try") // Flink's may be interrupted
  private static final class Desk extends AbstractStreamOperatorTestHarness<Release> {
    Desk(Factory factory) throws Exception {
      super(factory, MAX_PARALLELISM, 1, 0);
      config.setStateKeySerializer(StringSerializer.INSTANCE);
      config.serializeAllConfigs();
    }
  }

  private static final class Factory extends AbstractStreamOperatorFactory<Release> {
    private static final long serialVersionUID = 1;

    private final Syllabus syllabus;
    private final transient TaskOperatorEventGateway gateway;

    Factory(Syllabus syllabus, TaskOperatorEventGateway gateway) {
      this.syllabus = syllabus;
      this.gateway = gateway;
    }

    @Override
    @SuppressWarnings("unchecked") // as Flink has it
    public <T extends StreamOperator<Release>> T createStreamOperator(
        StreamOperatorParameters<Release> parameters) {
      return (T) new RetrainOperator(parameters, syllabus, gateway);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
      return RetrainOperator.class;
    }
  }

  /** Straight to the coordinator. */
  private record Gateway(RoundCoordinator coordinator) implements TaskOperatorEventGateway {
    @Override
    public void sendOperatorEventToCoordinator(
        OperatorID operator, SerializedValue<OperatorEvent> event) {
      try {
        coordinator.handleEventFromOperator(
            0, 0, event.deserializeValue(getClass().getClassLoader()));
      } catch (IOException | ClassNotFoundException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public CompletableFuture<CoordinationResponse> sendRequestToCoordinator(
        OperatorID operator, SerializedValue<CoordinationRequest> request) {
      try {
        ClassLoader loader = getClass().getClassLoader();
        return coordinator.handleCoordinationRequest(request.deserializeValue(loader));
      } catch (IOException | ClassNotFoundException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private static final class AsBytes extends FlowSerializer<Release> {
    private static final long serialVersionUID = 1;
    private static final BytePrimitiveArraySerializer BYTES = BytePrimitiveArraySerializer.INSTANCE;

    @Override
    public void serialize(Release release, DataOutputView target) throws IOException {
      BYTES.serialize(release.bytes(), target);
    }

    @Override
    public Release deserialize(DataInputView source) throws IOException {
      return Line.read(BYTES.deserialize(source));
    }

    @Override
    public TypeSerializerSnapshot<Release> snapshotConfiguration() {
      throw new IllegalStateException("never stored");
    }
  }
}
