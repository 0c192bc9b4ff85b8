package io.sluice.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.online.Regression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {
  private final ForecastPlan plan = ForecastPlan.of("temperature", "pressure");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 50})
  void saysTheSameWhenRebornFromItsBytes(int every) throws IOException {
    assertThat(told(every)).isEqualTo(told(Integer.MAX_VALUE));
  }

  @Test
  void isTheSameBytesWhenReadAndWrittenAgain() throws IOException {
    Memory memory = Memory.fresh(plan);
    Forecaster forecaster = new Forecaster(plan);
    for (Reading reading : readings()) {
      forecaster.advance(memory, reading, Model.none(), new Ledger());
      byte[] bytes = memory.bytes();
      assertThat(Memory.of(bytes).bytes()).isEqualTo(bytes);
    }
  }

  @Test
  void staysWhatItWasWhenHandedOverAndTheSeriesGoesOn() throws IOException {
    Forecaster forecaster = new Forecaster(plan);
    Ledger ledger = new Ledger();
    Memory memory = Memory.fresh(plan);
    List<Memory> past = new ArrayList<>();
    List<byte[]> were = new ArrayList<>();
    for (Reading reading : readings()) {
      were.add(memory.bytes());
      past.add(memory);
      memory = memory.handOver();
      forecaster.advance(memory, reading, Model.none(), ledger);
    }
    for (int i = 0; i < past.size(); i++) {
      assertThat(past.get(i).bytes()).isEqualTo(were.get(i));
    }
    assertThat(ledger.transcript).hasToString(told(Integer.MAX_VALUE));
  }

  @Test
  void isWrittenWholeByAnotherThreadThatMeetsTheHandOver() throws Exception {
    Forecaster forecaster = new Forecaster(plan);
    Memory memory = Memory.fresh(plan);
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < 20; round++) {
        for (Reading reading : readings(round)) {
          byte[] was = memory.bytes();
          Future<byte[]> written = writer.submit(memory::bytes);
          memory = memory.handOver();
          forecaster.advance(memory, reading, Model.none(), new Ledger());
          assertThat(written.get()).isEqualTo(was);
        }
      }
    } finally {
      writer.shutdown();
    }
  }

  @Test
  void refusesALayoutItDoesNotKnow() {
    byte[] bytes = Memory.fresh(plan).bytes();
    bytes[0] = 99;
    assertThatThrownBy(() -> Memory.of(bytes))
        .hasMessage("a memory in layout 99; this program reads layouts 1 to 3");
  }

  @Test
  void refusesTrailingAndMissingBytes() {
    byte[] bytes = Memory.fresh(plan).bytes();
    assertThatThrownBy(() -> Memory.of(Arrays.copyOf(bytes, bytes.length + 3)))
        .hasMessage("3 bytes too many after a memory");
    assertThatThrownBy(() -> Memory.of(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void startsOverUnderAnotherPlan() throws IOException {
    Memory memory = Memory.fresh(ForecastPlan.of("humidity", "pressure"));
    Ledger ledger = new Ledger();
    new Forecaster(ForecastPlan.of("humidity", "pressure"))
        .advance(memory, new Reading("pump", 1000, 5, 6), Model.none(), ledger);
    new Forecaster(plan).advance(memory, new Reading("pump", 500, 5, 6), Model.none(), ledger);
    new Forecaster(plan).advance(memory, new Reading("pump", 2000, 7, 8), Model.none(), ledger);
    Memory fresh = Memory.fresh(plan);
    new Forecaster(plan)
        .advance(fresh, new Reading("pump", 2000, 7, 8), Model.none(), new Ledger());
    assertThat(ledger.late).hasSize(1);
    assertThat(memory.bytes().length).isEqualTo(fresh.bytes().length);
    assertThat(ledger.last().quantile(0, 0, 1)).isEqualTo(7);
  }

  @Test
  void theShortestHistoryOfASmallOrderIsReadAgain() throws IOException {
    ForecastPlan small = plan.withRegression(new Regression(1, 16));
    assertThatThrownBy(() -> small.withHistory(95))
        .hasMessage(
            "a history of 95 is too short for order 1 and leads [1, 6, 24], expected 96 or more");
    Memory memory = Memory.fresh(small.withHistory(96));
    for (Reading reading : readings()) {
      new Forecaster(small.withHistory(96)).advance(memory, reading, Model.none(), new Ledger());
    }
    byte[] bytes = memory.bytes();
    assertThat(Memory.of(bytes).bytes()).isEqualTo(bytes);
  }

  @Test
  void startsOverUnderAnotherOrderOfLeastSquares() throws IOException {
    ForecastPlan before = plan.withHistory(256);
    ForecastPlan after = before.withRegression(new Regression(20, 64));
    Memory memory = Memory.fresh(before);
    Memory fresh = Memory.fresh(after);
    new Forecaster(before)
        .advance(memory, new Reading("pump", 1000, 5, 6), Model.none(), new Ledger());
    Memory reborn = Memory.of(memory.bytes());
    Reading next = new Reading("pump", 2000, 7, 8);
    new Forecaster(after).advance(reborn, next, Model.none(), new Ledger());
    new Forecaster(after).advance(fresh, next, Model.none(), new Ledger());
    assertThat(reborn.bytes()).hasSameSizeAs(fresh.bytes());
    assertThat(reborn.bytes().length).isGreaterThan(memory.bytes().length);
  }

  private String told(int every) throws IOException {
    Forecaster forecaster = new Forecaster(plan);
    Memory memory = Memory.fresh(plan);
    Ledger ledger = new Ledger();
    int told = 0;
    for (Reading reading : readings()) {
      forecaster.advance(memory, reading, Model.none(), ledger);
      if (++told % every == 0) {
        memory = Memory.of(memory.bytes());
        forecaster = new Forecaster(plan);
      }
    }
    return ledger.transcript.toString();
  }

  private static Reading[] readings() {
    return readings(0);
  }

  private static Reading[] readings(int day) {
    Random random = new Random(7);
    Reading[] readings = new Reading[200];
    long time = 1_700_000_000_000L + day * 86_400_000L;
    for (int i = 0; i < readings.length; i++) {
      time += random.nextInt(10) == 0 ? -1000 : random.nextInt(120_000);
      double temperature = random.nextInt(20) == 0 ? Double.NaN : 20 + random.nextGaussian();
      readings[i] = new Reading("pump", time, temperature, 1e9 + i % 24 + random.nextGaussian());
    }
    return readings;
  }
}
