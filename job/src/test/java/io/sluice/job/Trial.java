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
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/**
 * A story told to the forecast operator. Asked for its rows it is told many times: straight, and to an operator that dies
 * and is born again every 1, 2 and n events, at parallelism 1 and 4 and from one to the other, on heap and on RocksDB. It
 * goes on for a while after each checkpoint, which is not written until it dies, and hears that again. All must answer with the
 * same bits; the author of a test gets that for nothing.
 */
final class Trial {
  private static final TypeSerializer<Row> ROW =
      Flows.ROW.createSerializer(new SerializerConfigImpl());

  /** Events between a checkpoint and a death. */
  private static final int LOST = 3;

  private final Settings settings;
  private final List<Event> events = new ArrayList<>();
  private List<Score> scores = List.of();

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
    Map<String, List<String>> expected = bits(straight);
    ways().parallelStream().forEach(way -> told(way).expect(way, expected, scores));
    return straight;
  }

  private List<Way> ways() {
    int some = Math.max(3, events.size() / 3);
    List<Way> ways = new ArrayList<>();
    for (int parallelism : new int[] {1, 4}) {
      for (int every : new int[] {1, 2, some, events.size() + 1}) {
        ways.add(new Way(false, every, List.of(parallelism)));
      }
    }
    ways.add(new Way(false, some, List.of(1, 4, 2)));
    ways.add(new Way(true, some, List.of(4, 1)));
    return ways;
  }

  /**
   * One way to tell it.
   *
   * @param every events after which the operator dies
   * @param parallelisms at which it lives in turn
   */
  private record Way(boolean onRocksDb, int every, List<Integer> parallelisms) {
    StateBackend backend() {
      return onRocksDb ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
    }

    int parallelism(int life) {
      return parallelisms.get(life % parallelisms.size());
    }
  }

  /** What came of it. */
  private record Told(List<Row> rows, List<Score> scores) {
    void take(Subtasks subtasks) {
      rows.addAll(subtasks.rows());
      scores.addAll(subtasks.scores());
    }

    List<Score> inOrder() {
      return scores.stream().sorted(Comparator.comparing(Score::toString)).toList();
    }

    void expect(Way way, Map<String, List<String>> expected, List<Score> found) {
      assertThat(bits(rows)).as("%s", way).isEqualTo(expected);
      assertThat(inOrder()).as("%s", way).isEqualTo(found);
    }
  }

  /** What the straight run alone says. */
  List<Row> straight() throws Exception {
    Told straight = told(new Way(false, events.size() + 1, List.of(1)));
    scores = straight.inOrder();
    return straight.rows();
  }

  /** What the straight run has found of challengers. */
  List<Score> scores() {
    return scores;
  }

  private Told told(Way way) {
    Told told = new Told(new ArrayList<>(), new ArrayList<>());
    int lives = 0;
    try {
      Subtasks subtasks = Subtasks.fresh(settings, way::backend, way.parallelism(0));
      for (int i = 0; i < events.size(); i++) {
        events.get(i).happen(subtasks);
        if ((i + 1) % way.every() == 0) {
          told.take(subtasks);
          Subtasks.Checkpoint last = subtasks.begin();
          goOn(subtasks, i + 1);
          subtasks = subtasks.reborn(last, way.parallelism(++lives));
        }
      }
      told.take(subtasks);
      subtasks.close();
      return told;
    } catch (Exception failure) {
      throw new AssertionError(way + " fails", failure);
    }
  }

  /** What is lost with those who die, in the middle of which another checkpoint is begun and written before the last. */
  private void goOn(Subtasks subtasks, int from) throws Exception {
    Optional<Subtasks.Checkpoint> newer = Optional.empty();
    for (int i = from; i < Math.min(from + LOST, events.size()); i++) {
      events.get(i).happen(subtasks);
      newer = i == from ? Optional.of(subtasks.begin()) : newer;
    }
    if (newer.isPresent()) {
      newer.get().written();
    }
  }

  /** Rows as bytes, in order for each series; between series there is no order. */
  static Map<String, List<String>> bits(List<Row> rows) {
    Map<String, List<String>> bits = new TreeMap<>();
    for (Row row : rows) {
      DataOutputSerializer out = new DataOutputSerializer(1024);
      try {
        ROW.serialize(row, out);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
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
