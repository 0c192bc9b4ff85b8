package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Flows;
import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.contest.Score;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/**
 * A story told to the forecast operator. Asked for its rows it is told many times: straight, and to an operator that dies
 * and is born again every 1, 2 and n events, at parallelism 1 and 4 and from one to the other, on heap and on RocksDB. All
 * must answer with the same bits; the author of a test gets that for nothing.
 */
final class Trial {
  private static final TypeSerializer<Row> ROW =
      Flows.ROW.createSerializer(new SerializerConfigImpl());
  private static final Supplier<StateBackend> HEAP = HashMapStateBackend::new;
  private static final Supplier<StateBackend> ROCKSDB = EmbeddedRocksDBStateBackend::new;

  private final Settings settings;
  private final List<Event> events = new ArrayList<>();
  private final List<Score> scores = new ArrayList<>();

  private Trial(Settings settings) {
    this.settings = settings;
  }

  /** Something that happens to the operator. */
  private interface Event {
    void happen(Subtasks subtasks) throws Exception;
  }

  static Trial of(Settings settings) {
    return new Trial(settings);
  }

  Trial hears(Arrival... arrivals) {
    return hears(Arrays.asList(arrivals));
  }

  Trial hears(List<? extends Arrival> arrivals) {
    arrivals.forEach(arrival -> events.add(subtasks -> subtasks.hear(arrival)));
    return this;
  }

  Trial gets(Release release) {
    events.add(subtasks -> subtasks.ship(new Shipment.Delivered(release)));
    return this;
  }

  Trial gets(Shipment shipment) {
    events.add(subtasks -> subtasks.ship(shipment));
    return this;
  }

  Trial reaches(long time) {
    events.add(subtasks -> subtasks.watermark(time));
    return this;
  }

  /** What the straight run says, once all the others have said the same. */
  List<Row> rows() throws Exception {
    List<Row> straight = straight();
    List<Score> found = scores();
    Map<String, List<String>> expected = bits(straight);
    int some = Math.max(3, events.size() / 3);
    for (int parallelism : new int[] {1, 4}) {
      for (int every : new int[] {1, 2, some, events.size() + 1}) {
        assertThat(bits(told(HEAP, every, parallelism)))
            .as("reborn every %d events at parallelism %d", every, parallelism)
            .isEqualTo(expected);
        assertThat(scores()).isEqualTo(found);
      }
    }
    assertThat(bits(told(HEAP, some, 1, 4, 2))).as("1 → 4 → 2").isEqualTo(expected);
    assertThat(scores()).isEqualTo(found);
    assertThat(bits(told(ROCKSDB, some, 4, 1))).as("on RocksDB, 4 → 1").isEqualTo(expected);
    assertThat(scores()).isEqualTo(found);
    return straight;
  }

  /** What the straight run alone says. */
  List<Row> straight() throws Exception {
    return told(HEAP, events.size() + 1, 1);
  }

  /** What the last run has found of challengers. */
  List<Score> scores() {
    return scores.stream().sorted(Comparator.comparing(Score::toString)).toList();
  }

  private List<Row> told(Supplier<StateBackend> backend, int every, int... parallelisms)
      throws Exception {
    List<Row> rows = new ArrayList<>();
    scores.clear();
    Subtasks subtasks = Subtasks.fresh(settings, backend, parallelisms[0]);
    int lives = 0;
    for (int i = 0; i < events.size(); i++) {
      events.get(i).happen(subtasks);
      if ((i + 1) % every == 0) {
        rows.addAll(subtasks.rows());
        scores.addAll(subtasks.scores());
        subtasks = subtasks.reborn(parallelisms[++lives % parallelisms.length]);
      }
    }
    rows.addAll(subtasks.rows());
    scores.addAll(subtasks.scores());
    subtasks.close();
    return rows;
  }

  /** Rows as bytes, in order for each series; between series there is no order. */
  static Map<String, List<String>> bits(List<Row> rows) throws IOException {
    Map<String, List<String>> bits = new TreeMap<>();
    for (Row row : rows) {
      DataOutputSerializer out = new DataOutputSerializer(1024);
      ROW.serialize(row, out);
      bits.computeIfAbsent(about(row), key -> new ArrayList<>())
          .add(HexFormat.of().formatHex(out.getCopyOfBuffer()));
    }
    return bits;
  }

  private static String about(Row row) {
    if (row instanceof Row.Forecasted forecasted) {
      return "series " + forecasted.forecast().series();
    }
    if (row instanceof Row.Judged judged) {
      return "series " + judged.verdict().series();
    }
    Original original =
        row instanceof Row.Late late ? late.original() : ((Row.DeadLetter) row).original();
    return "record %d of %d".formatted(original.offset(), original.partition());
  }
}
