package io.sluice.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Verdict;
import org.junit.jupiter.api.Test;

/**
 * One series for a very long time under all that sensors do: ten million steps, or as many as {@code -Dsoak.steps} says.
 */
class SoakTest {
  private static final int STEPS = Integer.getInteger("soak.steps", 10_000_000);

  @Test
  void staysFiniteAndSaneUnderEverythingThatSensorsDo() {
    ForecastPlan plan = Plans.irregular();
    Model model = Plans.model(plan, 1, 5);
    Forecaster forecaster = new Forecaster(plan);
    Memory memory = Memory.fresh(plan);
    Watch watch = new Watch();
    Pump pump = new Pump(11, true);
    for (int step = 0; step < STEPS; step++) {
      forecaster.advance(memory, pump.next(), model, watch);
    }
    assertThat(memory.readings()).isEqualTo(STEPS);
    for (float number : memory.encoding().state()) {
      assertThat(number).isFinite();
    }
    assertThat(watch.unfinished).isZero();
    assertThat(watch.crossed).isZero();
    assertThat(watch.wild)
        .as("medians further than 1000 from flows of 0 to 40")
        .isLessThan(STEPS / 10_000);
    for (double coverage : watch.coverage) {
      assertThat(coverage).as("0.95 where untaught weights err to one side").isBetween(0.89, 0.96);
    }
  }

  private static final class Watch implements Outcomes {
    private int unfinished;
    private int crossed;
    private int wild;
    private double[] coverage;

    @Override
    public void forecast(Forecast forecast) {
      coverage = forecast.coverage();
      double[] quantiles = forecast.quantiles();
      for (int i = 0; i < quantiles.length; i++) {
        unfinished += Double.isFinite(quantiles[i]) ? 0 : 1;
        crossed += i % forecast.levels() > 0 && quantiles[i] < quantiles[i - 1] ? 1 : 0;
      }
      wild += Math.abs(forecast.quantile(0, 0, 2)) > 1000 ? 1 : 0;
    }

    @Override
    public void verdict(Verdict verdict) {
      unfinished += verdict.surprise() >= 0 && verdict.surprise() <= 1 ? 0 : 1;
    }

    @Override
    public void late(Reading reading, String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void repeat(Reading reading) {
      throw new AssertionError(reading);
    }
  }
}
