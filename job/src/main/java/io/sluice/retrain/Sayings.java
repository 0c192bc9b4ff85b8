package io.sluice.retrain;

import io.sluice.anomaly.Label;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;

/**
 * What people said of the series that is the current key: the last label of each time, of the latest times.
 *
 * <pre>
 *   time i64, label i64 = its place among all │ time, label │ …      by time
 * </pre>
 */
final class Sayings {
  /** Times that are kept. */
  static final int MOST = 256;

  private static final Label[] LABELS = Label.values();

  private final ValueState<long[]> said;

  Sayings(KeyedStateStore store) {
    said =
        store.getState(
            new ValueStateDescriptor<>(
                "sayings", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  void add(long time, Label label) throws IOException {
    TreeMap<Long, Label> all = all();
    all.put(time, label);
    if (all.size() > MOST) {
      all.pollFirstEntry();
    }
    long[] packed = new long[2 * all.size()];
    int next = 0;
    for (Map.Entry<Long, Label> one : all.entrySet()) {
      packed[next++] = one.getKey();
      packed[next++] = one.getValue().ordinal();
    }
    said.update(packed);
  }

  /** By time, epoch milliseconds. */
  TreeMap<Long, Label> all() throws IOException {
    long[] packed = said.value();
    TreeMap<Long, Label> all = new TreeMap<>();
    for (int i = 0; packed != null && i < packed.length; i += 2) {
      all.put(packed[i], LABELS[(int) packed[i + 1]]);
    }
    return all;
  }
}
