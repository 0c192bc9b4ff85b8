package io.sluice.forecast;

import static io.sluice.forecast.Plans.MINUTE;
import static io.sluice.forecast.Plans.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.weights.Horizon;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecasterTest {
  private ForecastPlan plan = Plans.irregular();
  private Forecaster forecaster = new Forecaster(plan);
  private Memory memory = Memory.fresh(plan);
  private final Ledger ledger = new Ledger();

  private void aligned() {
    plan = Plans.aligned();
    forecaster = new Forecaster(plan);
    memory = Memory.fresh(plan);
  }

  private void hear(long minute, double flow, double pressure) {
    hear(Plans.reading(minute, flow, pressure), Model.none());
  }

  private void hear(Reading reading, Model model) {
    forecaster.advance(memory, reading, model, ledger);
  }

  @Test
  void forecastsFromTheFirstReading() {
    hear(0, 20, 1e9);
    Forecast forecast = ledger.last();
    assertThat(forecast.status()).isEqualTo(Status.BASELINE);
    assertThat(forecast.model()).isEqualTo("last-value");
    assertThat(forecast.quantile(1, 2, 2)).isEqualTo(1e9);
    assertThat(forecast.quantile(0, 0, 0)).isLessThan(20);
    assertThat(forecast.quantile(0, 0, 3)).isGreaterThan(20);
    assertThat(forecast.coverage()).containsOnly(Double.NaN);
    assertThat(ledger.verdict().kind()).isEqualTo(Kind.NORMAL);
  }

  @Test
  void saysWhenItsForecastsHoldOnceItKnowsThePace() {
    hear(0, 20, 1);
    hear(2, 20, 1);
    long now = START + 2 * MINUTE;
    assertThat(ledger.last().at())
        .containsExactly(now + 2 * MINUTE, now + 6 * MINUTE, now + 24 * MINUTE);
  }

  @Test
  void sendsAnOlderReadingToTheLate() {
    hear(5, 20, 1);
    hear(4, 20, 1);
    assertThat(ledger.late).containsExactly("older by 60000 ms than the last reading stepped");
    assertThat(ledger.forecasts).hasSize(1);
  }

  @Test
  void dropsAnEqualReadingOfTheSameTime() {
    hear(5, 20, Double.NaN);
    byte[] before = memory.bytes();
    hear(5, 20, Double.NaN);
    assertThat(ledger.repeats).hasSize(1);
    assertThat(memory.bytes()).isEqualTo(before);
  }

  @Test
  void lateIsAlsoWhoContradictsTheReadingOfTheSameTime() {
    hear(5, 20, 1);
    hear(5, 21, 1);
    assertThat(ledger.late).containsExactly("another reading of this time was stepped");
    assertThat(ledger.repeats).isEmpty();
  }

  @Test
  void doesNotStepAReadingFromTheFuture() throws IOException {
    hear(0, 20, 1);
    Memory unskewed = Memory.of(memory.bytes());
    long time = START + 60 * MINUTE;
    double[] values = {20, 1};
    hear(new Reading("pump", time, time - 6 * MINUTE, values, new double[] {0}), Model.none());
    assertThat(ledger.verdict().kind()).isEqualTo(Kind.SKEW);
    hear(1, 21, 1);
    Forecast forecast = ledger.last();
    assertThat(ledger.late).isEmpty();
    memory = unskewed;
    hear(1, 21, 1);
    assertThat(ledger.last().quantiles()).isEqualTo(forecast.quantiles());
  }

  @Test
  void asksForAsManyValuesAsThePlanHas() {
    Reading reading = new Reading("pump-7", 0, 1, 2, 3);
    assertThatThrownBy(() -> hear(reading, Model.none()))
        .hasMessage("series \"pump-7\" sent 3 values, the plan takes 2");
  }

  @Test
  void standsInForAMissingValueWithItsOwnForecast() {
    for (int minute = 0; minute < 30; minute++) {
      hear(minute, 20 + minute % 2, 1);
    }
    double expected = ledger.last().quantile(0, 0, 2);
    hear(30, Double.NaN, 1);
    assertThat(ledger.last().quantile(0, 0, 2)).isEqualTo(expected);
    assertThat(ledger.verdict().actual()[0]).isNaN();
    assertThat(ledger.verdict().kind()).isEqualTo(Kind.NORMAL);
  }

  @Test
  void saysNothingOfAVariableUntilItsFirstValueHasCome() {
    for (ForecastPlan each : List.of(plan, plan.withHistory(128))) {
      for (Model model : List.of(Model.none(), Plans.model(plan, 1, 5))) {
        forecaster = new Forecaster(each);
        memory = Memory.fresh(each);
        for (int minute = 0; minute < 20; minute++) {
          hear(Plans.reading(minute, 20 + minute % 2, Double.NaN), model);
          assertThat(said(0)).doesNotContain(Double.NaN);
          assertThat(said(1)).containsOnly(Double.NaN);
        }
        hear(Plans.reading(20, 20, 1e9), model);
        assertThat(ledger.verdict().kind()).isEqualTo(Kind.NORMAL);
        assertThat(ledger.verdict().expected()[1]).isNaN();
        assertThat(ledger.verdict().contribution()[1]).isZero();
        assertThat(said(1)).allMatch(value -> Math.abs(value - 1e9) < 9e8);
        hear(Plans.reading(21, 21, 1e9 + 1), model);
        assertThat(ledger.verdict().kind()).isEqualTo(Kind.NORMAL);
      }
    }
  }

  /** Every quantile of that variable. */
  private List<Double> said(int variable) {
    double[] quantiles = ledger.last().quantiles();
    int each = quantiles.length / ledger.last().variables();
    return Arrays.stream(quantiles, variable * each, (variable + 1) * each).boxed().toList();
  }

  @Test
  void theSeasonBeforeTheFirstValueIsForecastAsThatValue() {
    plan =
        new ForecastPlan(List.of("flow"), List.of(), Horizon.DEFAULT, Timing.DEFAULT, 64, 32, 24);
    forecaster = new Forecaster(plan);
    memory = Memory.fresh(plan);
    for (int minute = 0; minute < 45; minute++) {
      hear(new Reading("pump", minute * MINUTE, minute < 40 ? Double.NaN : 20), Model.none());
    }
    assertThat(said(0)).allMatch(value -> Math.abs(value - 20) < 10);
  }

  @Test
  void imputesEachMissedIntervalAndFlagsIt() {
    aligned();
    hear(0, 20, 1);
    hear(1, 21, 1);
    hear(5, 22, 1);
    assertThat(ledger.forecasts.stream().map(Forecast::imputed))
        .containsExactly(false, false, true, true, true, false);
    assertThat(ledger.forecasts.stream().map(forecast -> (forecast.time() - START) / MINUTE))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(ledger.verdicts).hasSize(3);
  }

  @Test
  void neverCalibratesOnWhatItImputed() {
    aligned();
    hear(0, 20, 1);
    hear(1, 21, 1);
    double[] coverage = ledger.last().coverage();
    hear(2, Double.NaN, Double.NaN);
    assertThat(ledger.last().coverage()).isEqualTo(coverage);
    hear(12, 30, 2);
    hear(13, 30, 2);
    Forecast last = ledger.last();
    assertThat(last.coverage(0, 0)).as("minutes 1 and 13 alone").isIn(0.0, 0.5, 1.0);
    assertThat(last.coverage(0, 2)).as("minutes 12 and 13, from 0 and 1").isIn(0.0, 0.5, 1.0);
  }

  @Test
  void takesOneReadingAnIntervalWhenAligned() {
    aligned();
    long time = START;
    double[] shift = {0};
    hear(new Reading("pump", time, time, new double[] {1, 1}, shift), Model.none());
    time += 20_000;
    hear(new Reading("pump", time, time, new double[] {2, 2}, shift), Model.none());
    time += 41_000;
    hear(new Reading("pump", time, time, new double[] {3, 3}, shift), Model.none());
    assertThat(ledger.late).containsExactly("another reading of this interval was stepped");
    assertThat(ledger.forecasts).hasSize(2).noneMatch(Forecast::imputed);
  }

  @Test
  void startsOverAfterTooLongAGap() {
    Model model = Plans.model(plan, 1, 1);
    for (int minute = 0; minute < 6; minute++) {
      hear(Plans.reading(minute, 20 + minute, 1), model);
    }
    assertThat(ledger.last().status()).isEqualTo(Status.LIVE);
    assertThat(ledger.gaps).isZero();
    hear(Plans.reading(5 + 31, 22, 1), model);
    assertThat(ledger.gaps).isEqualTo(1);
    assertThat(ledger.last().status()).isEqualTo(Status.WARMING);
    assertThat(ledger.verdict().expected()[0]).isNaN();
    for (int minute = 37; minute < 41; minute++) {
      hear(Plans.reading(minute, 20, 1), model);
    }
    assertThat(ledger.last().status()).isEqualTo(Status.LIVE);
  }

  @Test
  void doesNotStartOverAtEachReadingOfASeriesThatIsHeardRarely() {
    Model model = Plans.model(plan, 1, 1);
    for (int day = 0; day < 8; day++) {
      hear(Plans.reading(day * 24 * 60, 20 + day, 1), model);
    }
    assertThat(ledger.last().status()).isEqualTo(Status.LIVE);
    assertThat(ledger.gaps).isEqualTo(1);
  }

  @Test
  void warmsUntilItHasSeenEnough() {
    Model model = Plans.model(plan, 3, 1);
    for (int minute = 0; minute < 6; minute++) {
      hear(Plans.reading(minute, 20 + minute % 3, 1), model);
    }
    assertThat(ledger.forecasts.stream().map(Forecast::status))
        .containsExactly(
            Status.WARMING,
            Status.WARMING,
            Status.WARMING,
            Status.WARMING,
            Status.LIVE,
            Status.LIVE);
    assertThat(ledger.forecasts.stream().map(Forecast::version))
        .containsExactly(0L, 0L, 0L, 0L, 3L, 3L);
    assertThat(ledger.last().model()).isEqualTo("pumps");
  }

  @Test
  void callsAReadingAboveItsIntervalASpikeAndBelowItADip() {
    for (int minute = 0; minute < 100; minute++) {
      hear(minute, 20 + minute % 2, 5);
    }
    hear(100, 60, 5);
    Verdict spike = ledger.verdict();
    assertThat(spike.kind()).isEqualTo(Kind.SPIKE);
    assertThat(spike.surprise()).isGreaterThan(0.99);
    assertThat(spike.contribution()[0]).isGreaterThan(0.9);
    assertThat(spike.alert()).isTrue();
    hear(101, -60, 5);
    assertThat(ledger.verdict().kind()).isEqualTo(Kind.DIP);
  }

  @Test
  void calibratesItsIntervalsToWhatTheyPromise() {
    Pump pump = new Pump(3, false);
    for (int i = 0; i < 5000; i++) {
      hear(pump.next(), Model.none());
    }
    for (double coverage : ledger.last().coverage()) {
      assertThat(coverage).isBetween(0.89, 0.91);
    }
  }

  @Test
  void saysWhatNoSensorCanHaveMeasured() {
    hear(0, 20, 1);
    hear(1, Double.POSITIVE_INFINITY, 1);
    assertThat(ledger.verdict().kind()).isEqualTo(Kind.OUT_OF_RANGE);
    assertThat(Arrays.stream(ledger.last().quantiles())).allMatch(Double::isFinite);
  }

  @Test
  void aSurpriseTooSoonToHaveANameSaysWhyThereIsNoAlert() {
    for (int minute = 0; minute < 20; minute++) {
      hear(minute, 20 + minute % 3, 1);
    }
    assertThat(ledger.verdict().reason()).isEmpty();
    hear(20, 1000, 1);
    assertThat(ledger.verdict().kind()).isEqualTo(Kind.NORMAL);
    assertThat(ledger.verdict().surprise()).isGreaterThan(0.999);
    assertThat(ledger.verdict().reason()).isEqualTo("warming");
  }

  @Test
  void doesNotFollowALoneSpikeButFollowsAStep() {
    for (int minute = 0; minute < 100; minute++) {
      hear(minute, 20 + minute % 5, 1);
    }
    hear(100, 1e30, 1);
    assertThat(ledger.last().quantile(0, 0, 2)).isBetween(19.0, 25.0);
    hear(101, 22, 1);
    assertThat(ledger.last().quantile(0, 0, 2)).isEqualTo(22);
    hear(102, 500, 1);
    hear(103, 501, 1);
    assertThat(ledger.last().quantile(0, 0, 2)).isEqualTo(501);
  }

  @Test
  void learnsALevelAnewWhenItBeganWithRubbish() {
    Pump pump = new Pump(2, false);
    for (int minute = 0; minute < 40; minute++) {
      hear(minute, -999_999, 1);
    }
    for (int minute = 40; minute < 200; minute++) {
      hear(minute, pump.next().values()[0], 1);
    }
    assertThat(memory.normaliser().centre(0)).isBetween(15.0, 25.0);
    assertThat(memory.normaliser().scale(0)).isBetween(1.0, 10.0);
  }

  @Test
  void outvotesASpikeAmongTheFirstReadings() {
    Pump pump = new Pump(2, false);
    hear(0, 1e30, 1);
    for (int minute = 1; minute < 6; minute++) {
      hear(minute, pump.next().values()[0], 1);
    }
    assertThat(memory.normaliser().centre(0)).isBetween(15.0, 25.0);
    assertThat(memory.normaliser().scale(0)).isLessThan(10.0);
  }

  @Test
  void endsASilentSeriesWithAVerdict() {
    hear(0, 20, 1);
    assertThat(forecaster.retiresAt(memory)).isEqualTo(START + Duration.ofDays(7).toMillis());
    forecaster.silence("pump", memory, START + 1, ledger);
    assertThat(ledger.verdict().kind()).isEqualTo(Kind.SILENT);
    assertThat(ledger.verdict().series()).isEqualTo("pump");
  }
}
