package io.sluice.job;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Flows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** Readings of a series, so many at most, that wait for event time to pass them, in the order of (time, arrival). */
final class HeldBack {
  private static final Comparator<Arrival> ARRIVAL =
      Comparator.<Arrival>comparingLong(arrival -> arrival.original().timestamp())
          .thenComparingInt(arrival -> arrival.original().partition())
          .thenComparingLong(arrival -> arrival.original().offset());

  private final int most;
  private final MapState<Long, List<Arrival>> waiting;
  private final ValueState<Integer> count;

  HeldBack(RuntimeContext context, int most) {
    this.most = most;
    waiting =
        context.getMapState(
            new MapStateDescriptor<>("held-back", Types.LONG, Types.LIST(Flows.ARRIVAL)));
    count = context.getState(new ValueStateDescriptor<>("held-back-count", Types.INT));
  }

  /** False where as many wait as may. */
  boolean add(Arrival.Decoded arrival) throws Exception {
    int before = waiting();
    if (before >= most) {
      return false;
    }
    count.update(before + 1);
    long time = arrival.reading().time();
    List<Arrival> same = waiting.get(time);
    List<Arrival> all = same == null ? new ArrayList<>() : new ArrayList<>(same);
    all.add(arrival);
    all.sort(ARRIVAL);
    waiting.put(time, all);
    return true;
  }

  private int waiting() throws Exception {
    Integer known = count.value();
    return known == null ? 0 : known;
  }

  /** Those of one time; they wait no longer. */
  List<Arrival> take(long time) throws Exception {
    List<Arrival> same = waiting.get(time);
    if (same == null) {
      return List.of();
    }
    waiting.remove(time);
    int left = waiting() - same.size();
    if (left > 0) {
      count.update(left);
    } else {
      count.clear();
    }
    return same;
  }
}
