package io.sluice.job;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Flows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** Readings of a series that wait for event time to pass them, in the order of (time, arrival). */
final class HeldBack {
  private static final Comparator<Arrival> ARRIVAL =
      Comparator.<Arrival>comparingLong(arrival -> arrival.original().timestamp())
          .thenComparingInt(arrival -> arrival.original().partition())
          .thenComparingLong(arrival -> arrival.original().offset());

  private final MapState<Long, List<Arrival>> waiting;

  HeldBack(RuntimeContext context) {
    waiting =
        context.getMapState(
            new MapStateDescriptor<>("held-back", Types.LONG, Types.LIST(Flows.ARRIVAL)));
  }

  void add(Arrival.Decoded arrival) throws Exception {
    long time = arrival.reading().time();
    List<Arrival> same = waiting.get(time);
    List<Arrival> all = same == null ? new ArrayList<>() : new ArrayList<>(same);
    all.add(arrival);
    all.sort(ARRIVAL);
    waiting.put(time, all);
  }

  /** Those of one time; they wait no longer. */
  List<Arrival> take(long time) throws Exception {
    List<Arrival> same = waiting.get(time);
    if (same == null) {
      return List.of();
    }
    waiting.remove(time);
    return same;
  }
}
