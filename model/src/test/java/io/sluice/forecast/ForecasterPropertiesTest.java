package io.sluice.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for any readings whatever. */
class ForecasterPropertiesTest {
  private final List<ForecastPlan> plans = List.of(Plans.irregular(), Plans.aligned());

  @Provide
  Arbitrary<List<Reading>> readings() {
    Arbitrary<Long> elapsed =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(60_000L)),
            Tuple.of(2, Arbitraries.longs().between(0, 300_000)),
            Tuple.of(1, Arbitraries.longs().between(-100_000, 4_000_000)));
    Arbitrary<Double> value =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.doubles().between(-10, 10)),
            Tuple.of(1, Arbitraries.doubles()),
            Tuple.of(
                1,
                Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, 1e30, -1e100, 0.0, 1e-300)));
    Arbitrary<double[]> values = value.array(double[].class).ofSize(2);
    Arbitrary<Long> delay = Arbitraries.frequency(Tuple.of(9, 1_000L), Tuple.of(1, -600_000L));
    return Combinators.combine(elapsed, delay, values, value)
        .as(Arrival::new)
        .list()
        .ofMaxSize(60)
        .map(ForecasterPropertiesTest::readings);
  }

  private record Arrival(long elapsed, long delay, double[] values, double covariate) {}

  private static List<Reading> readings(List<Arrival> arrivals) {
    List<Reading> readings = new ArrayList<>();
    long time = Plans.START;
    for (Arrival arrival : arrivals) {
      time += arrival.elapsed;
      double[] covariates = {arrival.covariate};
      readings.add(new Reading("pump", time, time + arrival.delay, arrival.values, covariates));
    }
    return readings;
  }

  @Property(tries = 300)
  void isRebornFromItsBytesAtAnyMoment(@ForAll("readings") List<Reading> readings)
      throws IOException {
    for (ForecastPlan plan : plans) {
      Ledger straight = new Ledger();
      Ledger reborn = new Ledger();
      Memory memory = Memory.fresh(plan);
      byte[] bytes = memory.bytes();
      Forecaster forecaster = new Forecaster(plan);
      Model model = Plans.model(plan, 1, 3);
      for (Reading reading : readings) {
        forecaster.advance(memory, reading, model, straight);
        Memory again = Memory.of(bytes);
        new Forecaster(plan).advance(again, reading, Plans.model(plan, 1, 3), reborn);
        bytes = again.bytes();
      }
      assertThat(reborn.transcript.toString()).isEqualTo(straight.transcript.toString());
      assertThat(bytes).isEqualTo(memory.bytes());
    }
  }

  @Property(tries = 300)
  void saysFiniteThingsInOrderOfEachVariableThatHadAValue(
      @ForAll("readings") List<Reading> readings) {
    for (ForecastPlan plan : plans) {
      Ledger ledger = told(plan, readings);
      for (Forecast forecast : ledger.forecasts) {
        double[] quantiles = forecast.quantiles();
        int each = quantiles.length / forecast.variables();
        for (int i = 0; i < quantiles.length; i++) {
          boolean first = i % forecast.levels() == 0;
          if (heard(ledger, i / each, forecast.time())) {
            assertThat(quantiles[i]).isFinite();
            assertThat(first || quantiles[i] >= quantiles[i - 1]).isTrue();
          } else {
            assertThat(quantiles[i]).isNaN();
          }
        }
      }
      assertThat(ledger.verdicts).allMatch(v -> v.surprise() >= 0 && v.surprise() <= 1);
    }
  }

  private static boolean heard(Ledger ledger, int variable, long until) {
    return ledger.verdicts.stream()
        .filter(verdict -> verdict.kind() != Kind.SKEW && verdict.time() <= until)
        .anyMatch(verdict -> Math.abs(verdict.actual()[variable]) <= 1e100);
  }

  @Property(tries = 300)
  void accountsForEveryReading(@ForAll("readings") List<Reading> readings) {
    for (ForecastPlan plan : plans) {
      Ledger ledger = told(plan, readings);
      long skewed = ledger.verdicts.stream().filter(v -> v.kind() == Kind.SKEW).count();
      long stepped = ledger.verdicts.size() - skewed;
      assertThat(stepped + skewed + ledger.late.size() + ledger.repeats.size())
          .isEqualTo(readings.size());
      assertThat(ledger.forecasts.stream().mapToLong(Forecast::time)).isSorted();
    }
  }

  private static Ledger told(ForecastPlan plan, List<Reading> readings) {
    Ledger ledger = new Ledger();
    Memory memory = Memory.fresh(plan);
    Forecaster forecaster = new Forecaster(plan);
    Model model = Plans.model(plan, 1, 3);
    for (Reading reading : readings) {
      forecaster.advance(memory, reading, model, ledger);
    }
    return ledger;
  }
}
