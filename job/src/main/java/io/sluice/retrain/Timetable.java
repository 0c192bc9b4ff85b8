package io.sluice.retrain;

import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Orders rounds: for every cut that some reading lies before, once the watermark has passed it, and whenever somebody asks.
 * All under one key, so that all subtasks hear of the same rounds in the same order.
 */
public final class Timetable extends KeyedCoProcessFunction<Integer, Long, String, Order> {
  private static final long serialVersionUID = 1;

  private final Set<String> models;

  public Timetable(Set<String> models) {
    this.models = new TreeSet<>(models);
  }

  @Override
  public void processElement1(Long cut, Context context, Collector<Order> out) {
    if (cut > context.timerService().currentWatermark()) {
      context.timerService().registerEventTimeTimer(cut);
    }
  }

  @Override
  public void processElement2(String model, Context context, Collector<Order> out) {
    long now = context.timerService().currentWatermark();
    if (models.contains(model) && now > Long.MIN_VALUE) {
      out.collect(new Order(now, model));
    }
  }

  @Override
  public void onTimer(long cut, OnTimerContext context, Collector<Order> out) {
    for (String model : models) {
      out.collect(new Order(cut, model));
    }
  }
}
