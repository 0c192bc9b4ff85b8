package io.sluice.retrain;

import io.sluice.forecast.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The last readings of the series that is the current key.
 *
 * <pre>
 *   chunks  0 │ 1 │ 2 │ …      full ones, numbered; the oldest is dropped whole
 *   tops    t │ t │ t │ …      of each, the latest time in it or in any before it
 *   open    ▪ ▪ ▪              readings since, appended one by one and never rewritten
 *   extent  first i64, next i64, open i64
 * </pre>
 *
 * <p>A reading costs one append, and every {@code CHUNK} readings one chunk is written and one dropped, however long the
 * history is.
 */
final class History {
  /** Readings of a chunk. */
  static final int CHUNK = 64;

  /** The state that every series with a history has. */
  static final String EXTENT = "extent";

  private static final int FIRST = 0;
  private static final int NEXT = 1;
  private static final int OPEN = 2;

  private final int most;
  private final long silence;
  private final long mostChunks;
  private final MapState<Long, byte[]> chunks;
  private final MapState<Long, Long> tops;
  private final ListState<byte[]> open;
  private final ValueState<long[]> extents;

  /**
   * @param most readings that are handed back, the latest
   * @param silence in milliseconds, beyond which a series is forgotten: what it said before it is nobody's any more
   */
  History(KeyedStateStore store, int most, long silence) {
    this.most = most;
    this.silence = silence;
    mostChunks = (most - 1) / CHUNK + 1;
    PrimitiveArrayTypeInfo<byte[]> bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    chunks = store.getMapState(new MapStateDescriptor<>("chunks", Types.LONG, bytes));
    tops = store.getMapState(new MapStateDescriptor<>("tops", Types.LONG, Types.LONG));
    open = store.getListState(new ListStateDescriptor<>("open-chunk", bytes));
    extents =
        store.getState(
            new ValueStateDescriptor<>(
                EXTENT, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  /**
   * Appends one.
   *
   * @param needed the earliest cut that will still be asked for
   */
  void add(Reading reading, long needed) throws Exception {
    long[] extent = extent();
    open.add(ReadingBytes.of(reading));
    extent[OPEN]++;
    if (extent[OPEN] == CHUNK) {
      seal(extent, needed);
    }
    extents.update(extent);
  }

  /** Readings since the last silence until that time, it included: the latest of them, in the order of (time, arrival). */
  List<Reading> until(String series, long cut) throws Exception {
    long[] extent = extent();
    List<Reading> readings = new ArrayList<>();
    for (long chunk = extent[FIRST]; chunk < extent[NEXT]; chunk++) {
      take(series, chunks.get(chunk), cut, readings);
    }
    for (byte[] one : opened()) {
      take(series, one, cut, readings);
    }
    readings.sort(Comparator.comparingLong(Reading::time));
    int from = Math.max(sinceSilence(readings, cut), readings.size() - most);
    return readings.subList(from, readings.size());
  }

  /** The first of the readings after which there was no silence any more, until the cut. */
  private int sinceSilence(List<Reading> readings, long cut) {
    int first = readings.size();
    // until the end of all time nobody is silent
    long next = cut == Long.MAX_VALUE && first > 0 ? readings.get(first - 1).time() : cut;
    while (first > 0 && next - readings.get(first - 1).time() <= silence) {
      next = readings.get(--first).time();
    }
    return first;
  }

  /** The time of the latest reading, or the beginning of time. */
  long latest() throws Exception {
    long[] extent = extent();
    long latest = extent[NEXT] > extent[FIRST] ? tops.get(extent[NEXT] - 1) : Long.MIN_VALUE;
    for (byte[] part : opened()) {
      latest = Math.max(latest, ReadingBytes.time(part));
    }
    return latest;
  }

  void clear() {
    chunks.clear();
    tops.clear();
    open.clear();
    extents.clear();
  }

  /** Readings that are kept: at most two chunks more than are handed back, and those after the cut that is needed. */
  long kept() throws Exception {
    long[] extent = extent();
    return (extent[NEXT] - extent[FIRST]) * CHUNK + extent[OPEN];
  }

  private long[] extent() throws IOException {
    long[] extent = extents.value();
    return extent == null ? new long[OPEN + 1] : extent.clone();
  }

  private void seal(long[] extent, long needed) throws Exception {
    List<byte[]> parts = opened();
    open.clear();
    extent[OPEN] = 0;
    byte[] last = parts.get(parts.size() - 1);
    // under new settings a reading may have more values: what came before fits nothing any more
    parts.removeIf(part -> !ReadingBytes.alike(part, last));
    long latest = extent[NEXT] > extent[FIRST] ? tops.get(extent[NEXT] - 1) : Long.MIN_VALUE;
    for (byte[] part : parts) {
      latest = Math.max(latest, ReadingBytes.time(part));
    }
    chunks.put(extent[NEXT], ReadingBytes.joined(parts));
    tops.put(extent[NEXT]++, latest);
    // enough of those that are kept lie before the cut
    while (extent[NEXT] - extent[FIRST] > mostChunks + 1
        && tops.get(extent[FIRST] + mostChunks) <= needed) {
      chunks.remove(extent[FIRST]);
      tops.remove(extent[FIRST]++);
    }
  }

  private List<byte[]> opened() throws Exception {
    List<byte[]> parts = new ArrayList<>();
    open.get().forEach(parts::add);
    return parts;
  }

  private static void take(String series, byte[] bytes, long cut, List<Reading> readings)
      throws IOException {
    for (Reading reading : ReadingBytes.read(series, bytes)) {
      if (reading.time() <= cut) {
        readings.add(reading);
      }
    }
  }
}
