package io.sluice.retrain;

import io.sluice.connectors.Arrival;
import io.sluice.forecast.Reading;
import io.sluice.weights.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.jobgraph.tasks.TaskOperatorEventGateway;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.util.SerializedValue;

/**
 * Keeps the history of each series, and holds the rounds that are ordered once their cut has been passed.
 *
 * <p>A round runs in a thread of its own, which comes back to the task's mailbox for readings, a few series at a time, and
 * with what it came to. Meanwhile readings and barriers pass. When cuts are passed faster than it can learn from them, as in
 * the beginning of a long backlog, it has the rest of the readings wait where they come from; barriers pass all the same.
 *
 * <p>At the end of a bounded past all rounds are held before the end is passed on: there a barrier would wait.
 *
 * <p>A round that a failure cuts short is held again: its order is kept, and history keeps what was there at its cut. Flink
 * keeps no watermarks, so one whose cut had only just been reached may wait for the next reading.
 *
 * <p>A series that has been silent for {@code time.retireAfter} before a cut is forgotten as that round goes through them all.
 */
final class RetrainOperator extends AbstractStreamOperator<Release>
    implements TwoInputStreamOperator<Arrival, Order, Release>,
        BoundedMultiInput,
        Sitting.Histories {
  private static final long serialVersionUID = 1;
  private static final int INPUTS = 2;

  private final Syllabus syllabus;
  private final transient TaskOperatorEventGateway coordinator;

  private transient History history;
  private transient Sayings sayings;
  private transient Agenda agenda;
  private transient ListState<byte[]> agendas;
  private transient ListState<Long> closed;
  private transient MailboxExecutor mailbox;
  private transient ExecutorService thread;
  private transient boolean sitting;
  private transient boolean behind;
  private transient volatile int due;
  private transient long watermark;
  private transient int ended;
  private transient Counter passedOver;
  private transient Counter retired;

  /** @param coordinator the way to it */
  RetrainOperator(
      StreamOperatorParameters<Release> parameters,
      Syllabus syllabus,
      TaskOperatorEventGateway coordinator) {
    super(parameters);
    this.syllabus = syllabus;
    this.coordinator = coordinator;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    history =
        new History(
            context.getKeyedStateStore(), syllabus.settings().windows().history(), silence());
    sayings = new Sayings(context.getKeyedStateStore());
    agenda = new Agenda(syllabus);
    watermark = Long.MIN_VALUE;
    agendas =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "agendas", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    closed =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("closed", Types.LONG));
    for (byte[] one : agendas.get()) {
      agenda.join(one);
    }
    long least = Long.MAX_VALUE;
    for (long cut : closed.get()) {
      least = Math.min(least, cut);
    }
    agenda.closed(least == Long.MAX_VALUE ? Long.MIN_VALUE : least);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    agendas.update(List.of(agenda.bytes()));
    closed.update(List.of(agenda.closed()));
  }

  @Override
  public void open() throws Exception {
    super.open();
    passedOver = getMetricGroup().counter("readingsPassedOver");
    retired = getMetricGroup().counter("retired");
    getMetricGroup().gauge("roundsDue", () -> due);
    mailbox =
        getContainingTask().getMailboxExecutorFactory().createExecutor(TaskMailbox.MIN_PRIORITY);
    thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, "retraining");
              made.setDaemon(true);
              return made;
            });
    mailbox.execute(this::begin, "a round that was cut short");
  }

  @Override
  public void processElement1(StreamRecord<Arrival> element) throws Exception {
    if (element.getValue() instanceof Arrival.Decoded decoded) {
      Reading reading = decoded.reading();
      if (!syllabus.counts(reading) || reading.time() <= agenda.closed()) {
        passedOver.inc();
        return;
      }
      history.add(reading, agenda.needed());
    } else if (element.getValue() instanceof Arrival.Labelled labelled) {
      sayings.add(labelled.time(), labelled.label(), agenda.closed());
    }
  }

  @Override
  public void processElement2(StreamRecord<Order> element) {
    agenda.order(element.getValue());
    agenda.reach(watermark);
    sit();
    look();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = mark.getTimestamp();
    agenda.reach(watermark);
    sit();
    look();
    super.processWatermark(mark);
  }

  @Override
  public void endInput(int input) throws Exception {
    ended++;
    while (ended == INPUTS && agenda.next().isPresent()) {
      mailbox.yield();
    }
  }

  private void begin() {
    say(agenda.behind());
    sit();
    look();
  }

  /** Begins the next round, if there is one and none is under way. */
  private void sit() {
    if (!sitting && agenda.next().isPresent()) {
      sitting = true;
      Order order = agenda.next().get();
      Sitting round = new Sitting(syllabus, order, this, conversation(order));
      Line line = agenda.line(order.model());
      Line general = agenda.line(syllabus.groups().model());
      thread.execute(() -> beside(() -> round.hold(line, general), order));
    }
  }

  /** Has the readings that are still to come wait, or come again. */
  private void look() {
    due = agenda.due();
    if (behind != agenda.behind()) {
      say(agenda.behind());
    }
  }

  private void say(boolean now) {
    behind = now;
    try {
      coordinator.sendOperatorEventToCoordinator(
          getOperatorID(), new SerializedValue<>(new Inflow.Behind(now)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Conversation conversation(Order order) {
    var task = getRuntimeContext().getTaskInfo();
    return new Conversation(
        coordinator,
        new Conversation.Seat(
            getOperatorID(),
            task.getIndexOfThisSubtask(),
            task.getAttemptNumber(),
            getUserCodeClassloader()),
        order);
  }

  /** Beside the mailbox. */
  private void beside(Callable<byte[]> round, Order order) {
    try {
      byte[] release = round.call();
      mailbox.execute(() -> ended(order, release), "the end of a round");
    } catch (RejectedExecutionException | InterruptedException over) {
      // the task has ended, and nobody waits for the round
      Thread.currentThread().interrupt();
    } catch (Throwable failure) {
      mailbox.execute(
          () -> {
            throw new IllegalStateException("retraining failed: " + failure, failure);
          },
          "retraining failed");
    }
  }

  private void ended(Order order, byte[] release) {
    agenda.done(order, release);
    if (release.length > 0) {
      output.collect(new StreamRecord<>(Line.read(release)));
    }
    sitting = false;
    sit();
    look();
  }

  @Override
  public List<String> series() throws Exception {
    return mailbox.submit(this::keys, "the names of all series").get();
  }

  private List<String> keys() {
    try (Stream<String> heard = having(History.EXTENT);
        Stream<String> spokenOf = having(Sayings.NAME)) {
      return Stream.concat(heard, spokenOf).sorted().distinct().toList();
    }
  }

  private Stream<String> having(String state) {
    return this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE);
  }

  @Override
  public Map<String, Heard> until(long cut, List<String> series) throws Exception {
    return mailbox.submit(() -> fetched(cut, series), "readings of some series").get();
  }

  private Map<String, Heard> fetched(long cut, List<String> series) throws Exception {
    Map<String, Heard> heard = new LinkedHashMap<>();
    for (String one : series) {
      setCurrentKey(one);
      heard.put(one, new Heard(history.until(one, cut), sayings.before(cut)));
      retire(cut);
    }
    return heard;
  }

  /** Forgets a series that has been silent for so long before the cut that no later one will find anything either. */
  private void retire(long cut) throws Exception {
    long latest = Math.max(history.latest(), sayings.latest());
    if (cut != Long.MAX_VALUE && latest < cut - silence()) {
      history.clear();
      sayings.clear();
      retired.inc();
    }
  }

  private long silence() {
    return syllabus.plan().timing().retireAfter().toMillis();
  }

  @Override
  public void close() throws Exception {
    if (thread != null) {
      thread.shutdownNow();
    }
    super.close();
  }
}
