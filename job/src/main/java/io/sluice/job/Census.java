package io.sluice.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;

/**
 * How many series live, by the version of the weights that formed their memory.
 *
 * <p>Kept as operator state, because nobody counts keys. After a change of parallelism one subtask's counts may be off,
 * even negative; their sum over all subtasks is right.
 *
 * <pre>
 *   one entry a version: version i64, series i64
 * </pre>
 */
final class Census {
  private final Map<Long, Long> byVersion = new TreeMap<>();
  private final ListState<long[]> stored;

  Census(OperatorStateStore store, boolean restored) throws Exception {
    stored =
        store.getListState(
            new ListStateDescriptor<>("census", LongPrimitiveArraySerializer.INSTANCE));
    if (restored) {
      for (long[] entry : stored.get()) {
        byVersion.merge(entry[0], entry[1], Long::sum);
      }
    }
  }

  void born(long version) {
    byVersion.merge(version, 1L, Long::sum);
  }

  void gone(long version) {
    byVersion.merge(version, -1L, Long::sum);
  }

  Set<Long> versions() {
    return byVersion.keySet();
  }

  long alive() {
    return byVersion.values().stream().mapToLong(Long::longValue).sum();
  }

  long on(long version) {
    return byVersion.getOrDefault(version, 0L);
  }

  void store() throws Exception {
    byVersion.values().removeIf(series -> series == 0);
    List<long[]> entries = new ArrayList<>();
    byVersion.forEach((version, series) -> entries.add(new long[] {version, series}));
    stored.update(entries);
  }
}
