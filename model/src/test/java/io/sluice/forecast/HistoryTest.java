package io.sluice.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan with a history: the ensemble is the middle of every forecast. */
class HistoryTest {
  private final ForecastPlan plan = ForecastPlan.of("flow").withHistory(512);
  private final Forecaster forecaster = new Forecaster(plan);
  private final Random random = new Random(3);

  @Test
  void forecastsASeasonNobodyToldItOfAndItsIntervalsHold() {
    Memory memory = Memory.fresh(plan);
    Ledger ledger = new Ledger();
    double error = 0;
    for (int i = 0; i < 4000; i++) {
      double value = value(i);
      if (i >= 2000) {
        error += Math.pow(value - ledger.forecasts.get(i - 24).quantile(0, 2, 1), 2) / 2000;
      }
      forecaster.advance(memory, reading(i, value), Model.none(), ledger);
    }
    assertThat(error).isBetween(0.85, 1.3);
    assertThat(ledger.last().model()).isEqualTo("ensemble");
    assertThat(ledger.last().coverage(0, 0)).isBetween(0.89, 0.91);
    assertThat(ledger.last().coverage(0, 2)).isBetween(0.88, 0.92);
  }

  /** Its strides are those of standing still: nothing may be lost between them and a jump. */
  @Test
  void anIntervalOfASeriesThatStandsStillButForJumpsHolds() {
    Memory memory = Memory.fresh(plan);
    Ledger ledger = new Ledger();
    for (int i = 0; i < 3000; i++) {
      double value = i % 29 == 3 || i % 47 == 11 ? 20 : 0;
      forecaster.advance(memory, reading(i, value), Model.none(), ledger);
    }
    assertThat(ledger.last().coverage(0, 0)).isGreaterThan(0.89);
    assertThat(ledger.last().coverage(0, 2)).isGreaterThan(0.89);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 71})
  void isRebornWithTheSameBits(int every) throws IOException {
    Memory straight = Memory.fresh(plan);
    Memory reborn = Memory.fresh(plan);
    for (int i = 0; i < 400; i++) {
      Reading reading = reading(i, i % 40 == 9 ? Double.NaN : value(i));
      Ledger one = new Ledger();
      Ledger other = new Ledger();
      forecaster.advance(straight, reading, Model.none(), one);
      forecaster.advance(reborn, reading, Model.none(), other);
      assertThat(other.last().quantiles()).isEqualTo(one.last().quantiles());
      if (i % every == 0) {
        reborn = Memory.of(reborn.bytes());
      }
    }
    assertThat(reborn.bytes()).isEqualTo(straight.bytes());
  }

  private double value(int i) {
    return 50 + 20 * Math.sin(2 * Math.PI * i / 36) + random.nextGaussian();
  }

  private static Reading reading(int i, double value) {
    return new Reading("pump", i * 60_000L, value);
  }
}
