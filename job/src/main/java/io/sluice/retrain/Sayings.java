package io.sluice.retrain;

import io.sluice.anomaly.Label;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;

/**
 * What people said of the series that is the current key: the last label of each time, of the latest times.
 *
 * <pre>
 *   Long.MIN_VALUE, which no layout 1 begins with │ time i64, heard i64, label i64 = its place among all │ …   by time, heard
 *   in layout 1     time, label │ …
 * </pre>
 *
 * <p>{@code heard} is the last cut that had been passed by then. A round counts what was heard before its own cut was passed,
 * so that one which is held again counts the same, whatever people have said in between.
 */
final class Sayings {
  /** That are kept. */
  static final int MOST = 256;

  /** The state of every series of which something was said. */
  static final String NAME = "sayings";

  private static final Label[] LABELS = Label.values();
  private static final long LAYOUT_2 = Long.MIN_VALUE;
  private static final int WIDTH_1 = 2;
  private static final int WIDTH_2 = 3;

  private final ValueState<long[]> said;

  private record Saying(long time, long heard, Label label) {}

  Sayings(KeyedStateStore store) {
    said =
        store.getState(
            new ValueStateDescriptor<>(
                NAME, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  /** @param closed the last cut that has been passed: a round at one before may still ask for what was said of that time */
  void add(long time, Label label, long closed) throws IOException {
    List<Saying> all = all();
    all.removeIf(one -> one.time == time && one.heard == closed);
    all.add(new Saying(time, closed, label));
    all.sort(Comparator.comparingLong(Saying::time).thenComparingLong(Saying::heard));
    List<Saying> kept = all.subList(Math.max(0, all.size() - MOST), all.size());
    long[] packed = new long[1 + WIDTH_2 * kept.size()];
    packed[0] = LAYOUT_2;
    int next = 1;
    for (Saying one : kept) {
      packed[next++] = one.time;
      packed[next++] = one.heard;
      packed[next++] = one.label.ordinal();
    }
    said.update(packed);
  }

  /** By time, epoch milliseconds, as they stood when that cut was passed. */
  TreeMap<Long, Label> before(long cut) throws IOException {
    TreeMap<Long, Label> labels = new TreeMap<>();
    for (Saying one : all()) {
      if (one.heard < cut) {
        labels.put(one.time, one.label);
      }
    }
    return labels;
  }

  /** The latest time of which something was said, or the beginning of time. */
  long latest() throws IOException {
    return all().stream().mapToLong(Saying::time).max().orElse(Long.MIN_VALUE);
  }

  void clear() {
    said.clear();
  }

  private List<Saying> all() throws IOException {
    long[] packed = said.value();
    List<Saying> all = new ArrayList<>();
    boolean marked = packed != null && packed.length > 0 && packed[0] == LAYOUT_2;
    int width = marked ? WIDTH_2 : WIDTH_1;
    for (int i = marked ? 1 : 0; packed != null && i < packed.length; i += width) {
      long heard = marked ? packed[i + 1] : Long.MIN_VALUE;
      all.add(new Saying(packed[i], heard, LABELS[(int) packed[i + width - 1]]));
    }
    return all;
  }
}
