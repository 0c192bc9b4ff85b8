package io.sluice.retrain;

import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Orders rounds: for every cut that some reading lies before, once the watermark has passed it, and whenever somebody asks.
 * All under one key, so that all subtasks hear of the same rounds in the same order.
 *
 * <p>Whoever asked while the job was down is heard before any reading; that round is held once readings have come to the
 * time at which it was asked for, for only then is there something to learn from.
 */
public final class Timetable extends KeyedCoProcessFunction<Integer, Long, String, Order> {
  private static final MapStateDescriptor<String, Long> ASKED =
      new MapStateDescriptor<>("asked", Types.STRING, Types.LONG);

  private static final long serialVersionUID = 1;

  private final Set<String> models;
  private final long every;
  private transient MapState<String, Long> asked;

  public Timetable(Syllabus syllabus) {
    models = new TreeSet<>(syllabus.groups().models());
    every = syllabus.settings().every().toMillis();
  }

  @Override
  public void open(OpenContext context) {
    asked = getRuntimeContext().getMapState(ASKED);
  }

  @Override
  public void processElement1(Long cut, Context context, Collector<Order> out) {
    if (cut > context.timerService().currentWatermark()) {
      context.timerService().registerEventTimeTimer(cut);
    }
  }

  /** An element's timestamp is when it was asked. */
  @Override
  public void processElement2(String model, Context context, Collector<Order> out)
      throws Exception {
    long now = context.timerService().currentWatermark();
    if (!models.contains(model)) {
      return;
    }
    if (now > Long.MIN_VALUE) {
      out.collect(new Order(now, model));
    } else {
      asked.put(model, context.timestamp());
      context.timerService().registerEventTimeTimer(context.timestamp());
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Order> out) throws Exception {
    boolean cut = Math.floorMod(time, every) == 0;
    for (String model : models) {
      Long since = asked.get(model);
      boolean due = since != null && since == time;
      if (due) {
        asked.remove(model);
      }
      if (cut || due) {
        out.collect(new Order(time, model));
      }
    }
  }
}
