package io.sluice.job;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.FlowType;
import io.sluice.connectors.Row;
import io.sluice.contest.Score;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Outcomes;
import io.sluice.forecast.Reading;
import io.sluice.forecast.Timing;
import io.sluice.retrain.Library;
import io.sluice.settings.Groups;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Fetches the memory of a series, lets the forecaster move it, stores it.
 *
 * <p>Timers, all of event time: one for each reading that is held back, one for each series, on the grid of
 * {@code Retirement}, that forgets it when it has been silent for too long, and one for each shadow, where a round ends.
 */
final class ForecastFunction extends KeyedBroadcastProcessFunction<String, Arrival, Shipment, Row>
    implements CheckpointedFunction, CheckpointListener {
  /** What a series drawn for it found of a challenger. */
  static final OutputTag<Score> SCORES =
      new OutputTag<>("scores", new FlowType<>(Score.class, ScoreSerializer.INSTANCE));

  static final ValueStateDescriptor<Memory> MEMORY =
      new ValueStateDescriptor<>("memory", MemorySerializer.INSTANCE);

  private static final long serialVersionUID = 1;
  private static final int TIMED = 64;

  private final ForecastPlan plan;
  private final Groups groups;
  private final CheckpointAge.Limit oldest;
  private final Library known;

  private transient ValueState<Memory> memories;
  private transient HeldBack heldBack;
  private transient CheckpointAge age;
  private transient Census census;
  private transient ForecastMetrics metrics;
  private transient Forecaster forecaster;
  private transient Retirement retirement;
  private transient Shelf shelf;
  private transient Rows rows;
  private transient Shadows shadows;

  /**
   * A function for any number of subtasks.
   *
   * @param oldest checkpoint from which it goes on
   * @param known releases that are published by the time a subtask starts, so that no reading that is heard again overtakes
   *     the weights that had answered it
   */
  ForecastFunction(ForecastPlan plan, Groups groups, CheckpointAge.Limit oldest, Library known) {
    this.plan = plan;
    this.groups = groups;
    this.oldest = oldest;
    this.known = known;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    var store = context.getOperatorStateStore();
    age = new CheckpointAge(store, context.isRestored(), oldest);
    census = new Census(store, context.isRestored());
    shelf = new Shelf(plan, groups.contest());
    known.releases().forEach(shelf::put);
    shelf.restore(store);
  }

  @Override
  public void open(OpenContext context) {
    memories = getRuntimeContext().getState(MEMORY);
    heldBack = new HeldBack(getRuntimeContext(), plan.timing().held());
    metrics = new ForecastMetrics(getRuntimeContext().getMetricGroup(), census);
    groups.models().forEach(model -> metrics.newest(model, shelf.newest(model)));
    forecaster = new Forecaster(plan);
    retirement = new Retirement(plan.timing());
    rows = new Rows(metrics);
    shadows = new Shadows(getRuntimeContext(), plan, groups.contest(), rows);
  }

  @Override
  public void processElement(Arrival arrival, ReadOnlyContext context, Collector<Row> out)
      throws Exception {
    if (arrival instanceof Arrival.Labelled labelled) {
      hear(labelled, out);
      return;
    }
    metrics.readings.inc();
    if (arrival instanceof Arrival.Rejected rejected) {
      rows.of(rejected.original(), out).deadLetter(rejected.reason());
    } else if (arrival instanceof Arrival.Decoded decoded) {
      if (waits(decoded.reading())) {
        holdBack(decoded, context.timerService(), out);
      } else {
        step(decoded, context, out);
      }
    }
  }

  @Override
  public void processBroadcastElement(Shipment shipment, Context context, Collector<Row> out)
      throws Exception {
    if (shipment instanceof Shipment.Delivered delivered) {
      // one that was known already may not be in the state yet
      shelf.put(delivered.release());
      shelf.store(context.getBroadcastState(Shelf.RELEASES));
      String model = delivered.release().model();
      metrics.newest(model, shelf.newest(model));
    } else if (shipment instanceof Shipment.Refused refused && first()) {
      metrics.refusedWeights.inc();
      out.collect(refused.letter());
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Row> out) throws Exception {
    for (Arrival arrival : heldBack.take(time)) {
      step((Arrival.Decoded) arrival, context, out);
    }
    shadows.expire(time, context.timerService());
    Memory memory = memories.value();
    if (memory == null) {
      return;
    }
    if (retirement.due(memory) <= time) {
      retire(context.getCurrentKey(), memory, out);
    } else {
      // a timer of other settings, perhaps, under which the series was to go sooner
      context.timerService().registerEventTimeTimer(retirement.due(memory));
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    age.store(context.getCheckpointId());
    census.store();
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    age.complete(checkpoint);
  }

  /** What a wrong clock has dated is never stepped, and its time may never come. */
  private boolean waits(Reading reading) {
    Timing timing = plan.timing();
    return timing.order() == Timing.Order.EVENT_TIME && !timing.skewed(reading);
  }

  private void hear(Arrival.Labelled labelled, Collector<Row> out) throws Exception {
    Memory memory = memories.value();
    if (memory == null) {
      rows.of(labelled.original(), out)
          .deadLetter("feedback on \"%s\", a series not heard of".formatted(labelled.series()));
      return;
    }
    forecaster.hear(memory, labelled.label(), labelled.time());
    memories.update(memory);
  }

  private void holdBack(Arrival.Decoded arrival, TimerService timers, Collector<Row> out)
      throws Exception {
    if (heldBack.add(arrival)) {
      metrics.heldBack.inc();
      timers.registerEventTimeTimer(arrival.reading().time());
    } else {
      rows.of(arrival.original(), out)
          .deadLetter(
              "%d readings of its series wait already (time.held)".formatted(plan.timing().held()));
    }
  }

  private void step(Arrival.Decoded arrival, ReadOnlyContext context, Collector<Row> out)
      throws Exception {
    Reading reading = arrival.reading();
    rows.of(arrival.original(), out);
    Memory memory = remembered(reading, out);
    long due = retirement.due(memory);
    long version = memory.version();
    boolean heard = memory.heard();
    advance(memory, reading, context);
    if (memory.heard()) {
      memories.update(memory);
      count(heard, version, memory.version());
      retirement.move(due, retirement.due(memory), context.timerService());
    }
  }

  /** The memory of the series, unless it should have been forgotten by now. */
  private Memory remembered(Reading reading, Collector<Row> out) throws Exception {
    Memory memory = memories.value();
    if (memory != null && forecaster.outlived(memory, reading)) {
      retire(reading.series(), memory, out);
      memory = null;
    }
    return memory == null ? Memory.fresh(plan) : memory;
  }

  private void advance(Memory memory, Reading reading, ReadOnlyContext context) throws Exception {
    String id = groups.model(reading.series());
    long time = groups.behind(reading.series(), reading.time());
    Model model = shelf.model(id, time);
    Model challenger = shelf.challenger(id, time);
    Outcomes outcomes = shadows.of(context).outcomes(memory, reading, model, challenger);
    if (metrics.readings.getCount() % TIMED == 0) {
      long start = System.nanoTime();
      forecaster.advance(memory, reading, model, outcomes);
      metrics.stepTime.update(System.nanoTime() - start);
      metrics.modelAge(shelf.age(id, time));
    } else {
      forecaster.advance(memory, reading, model, outcomes);
    }
    shadows.store();
  }

  private void retire(String series, Memory memory, Collector<Row> out) {
    forecaster.silence(series, memory, forecaster.retiresAt(memory), rows.of(out));
    memories.clear();
    shadows.clear();
    census.gone(memory.version());
    metrics.retired.inc();
  }

  private void count(boolean heard, long from, long to) {
    if (!heard) {
      census.born(to);
      metrics.version(to);
    } else if (from != to) {
      census.gone(from);
      census.born(to);
      metrics.version(to);
    }
  }

  private boolean first() {
    return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
  }
}
