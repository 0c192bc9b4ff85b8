package io.sluice.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.forecast.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final int MOST = 150;
  private static final long SILENCE = 60_000;
  private static final Supplier<StateBackend> HEAP = HashMapStateBackend::new;
  private static final Supplier<StateBackend> ROCKSDB = EmbeddedRocksDBStateBackend::new;

  /** Adds each reading, and at each full second of event time says what there is until then. */
  private static final class Recital extends KeyedProcessFunction<String, Reading, String>
      implements CheckpointedFunction {
    private static final long serialVersionUID = 1;
    private transient History history;

    @Override
    public void initializeState(FunctionInitializationContext context) {
      history = new History(context.getKeyedStateStore(), MOST, SILENCE);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {}

    @Override
    public void processElement(Reading reading, Context context, Collector<String> out)
        throws Exception {
      history.add(reading, Long.MAX_VALUE);
      assertThat(history.kept()).isLessThan(MOST + 3L * History.CHUNK);
      context.timerService().registerEventTimeTimer(second(reading.time()));
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<String> out) throws Exception {
      String series = context.getCurrentKey();
      out.collect(text(time, history.until(series, time)));
    }
  }

  private static long second(long time) {
    return (time / 1000 + 1) * 1000;
  }

  private static String text(long time, List<Reading> readings) {
    StringBuilder text = new StringBuilder().append(time).append(':');
    for (Reading reading : readings) {
      text.append(' ').append(reading.series()).append(reading.time());
      text.append(Arrays.toString(reading.values())).append(Arrays.toString(reading.covariates()));
    }
    return text.toString();
  }

  /** Of two series, out of order by up to half a second. */
  private static List<Reading> readings() {
    Random random = new Random(7);
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      long time = 5_000 + i * 10L + random.nextInt(500);
      double[] values = {i, i % 9 == 0 ? Double.NaN : random.nextGaussian()};
      readings.add(new Reading(i % 3 == 0 ? "a" : "b", time, time, values, new double[] {i * 0.5}));
    }
    return readings;
  }

  @Test
  void givesBackTheLastReadingsUntilTheCutHoweverOftenItIsReborn() throws Exception {
    List<String> expected = new ArrayList<>();
    for (long second = 6_000; second < 13_000; second += 1_000) {
      for (String series : List.of("a", "b")) {
        expected.add(text(second, expected(series, second)));
      }
    }

    assertThat(told(HEAP, 10_000)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(told(HEAP, 70)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(told(ROCKSDB, 250)).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** What a plain list has of the readings that come before the watermark passes that second. */
  private static List<Reading> expected(String series, long second) {
    List<Reading> all = new ArrayList<>();
    for (Reading reading : readings()) {
      if (reading.series().equals(series) && reading.time() <= second) {
        all.add(reading);
      }
    }
    all.sort(Comparator.comparingLong(Reading::time));
    return all.subList(Math.max(0, all.size() - MOST), all.size());
  }

  private static List<String> told(Supplier<StateBackend> backend, int every) throws Exception {
    List<String> said = new ArrayList<>();
    var harness = harness(backend, null);
    List<Reading> readings = readings();
    for (int i = 0; i < readings.size(); i++) {
      harness.processElement(readings.get(i), readings.get(i).time());
      harness.processWatermark(5_000 + i * 10L - 1);
      if (i % every == every - 1) {
        OperatorSubtaskState state = harness.snapshot(i, i);
        said.addAll(harness.extractOutputValues());
        harness.close();
        harness = harness(backend, state);
      }
    }
    harness.processWatermark(13_999);
    said.addAll(harness.extractOutputValues());
    harness.close();
    said.removeIf(line -> line.startsWith("13000") || line.startsWith("14000"));
    return said;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Reading, String> harness(
      Supplier<StateBackend> backend, OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new Recital()), Reading::series, Types.STRING);
    harness.setStateBackend(backend.get());
    harness.setup(StringSerializer.INSTANCE);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  @Test
  void refusesBytesOfALayoutThatIsStillToCome() {
    byte[] bytes = ReadingBytes.of(new Reading("a", 1, 2.0));
    bytes[0] = 9;

    assertThatThrownBy(() -> ReadingBytes.read("a", bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("history in layout 9; this program reads layout 1");
  }

  @Test
  void aReadingTakesEightBytesForItsTimeAndEachNumber() {
    List<byte[]> parts = Collections.nCopies(64, ReadingBytes.of(new Reading("a", 1, 2.0)));

    assertThat(ReadingBytes.joined(parts)).hasSize(5 + 64 * 16);
  }
}
