package io.sluice.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Verdict;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sensor with a daily rhythm has a fault soon after another one, or after a gap: somebody is told all the same. */
class FaultsInARowTest {
  private static final int DAY = 96;
  private static final int FIRST = 7 * DAY;
  private static final int LASTS = 30;

  /** What becomes of a value while a fault lasts. */
  private enum Fault {
    SPIKE,
    DIP,
    RISE,
    TREMBLE,
    STAND_STILL;

    double disturbed(double sound, double last, Random random) {
      return switch (this) {
        case SPIKE -> sound + 12;
        case DIP -> sound - 12;
        case RISE -> sound + 8;
        case TREMBLE -> sound + 5 * random.nextGaussian();
        case STAND_STILL -> last;
      };
    }
  }

  private int found;
  private int asked;

  @ParameterizedTest
  @ValueSource(ints = {0, 512})
  void theSecondIsFoundLikeTheFirst(int history) {
    ForecastPlan plan = ForecastPlan.of("value").withHistory(history);
    for (Fault first : Fault.values()) {
      for (Fault second : Fault.values()) {
        for (int seed = 0; seed < 6; seed++) {
          asked++;
          found += finds(plan, first, second, new Random(seed)) ? 1 : 0;
        }
      }
    }
    assertThat(found / (double) asked).isGreaterThan(0.93);
  }

  /** Whether somebody is told of the second. */
  private static boolean finds(ForecastPlan plan, Fault first, Fault second, Random random) {
    Forecaster forecaster = new Forecaster(plan);
    Memory memory = Memory.fresh(plan);
    Alarm alarm = new Alarm();
    int end = FIRST + LASTS;
    int again = end + 50 + random.nextInt(150);
    double last = 0;
    for (int i = 0; i < again + LASTS; i++) {
      Fault fault = i >= FIRST && i < end ? first : i >= again ? second : null;
      double sound = 4 * Math.sin(2 * Math.PI * i / DAY) + 0.3 * random.nextGaussian();
      last = fault == null ? sound : fault.disturbed(sound, last, random);
      alarm.rung &= i > again;
      forecaster.advance(memory, at(i, last), Model.none(), alarm);
    }
    return alarm.rung;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 512})
  void afterAGapAlarmsAreBackWithinAFewReadings(int history) {
    ForecastPlan plan = ForecastPlan.of("value").withHistory(history);
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Forecaster forecaster = new Forecaster(plan);
      Memory memory = Memory.fresh(plan);
      Alarm alarm = new Alarm();
      int fault = FIRST + DAY + 12 + random.nextInt(30);
      for (int i = 0; i <= fault; i++) {
        double sound = 4 * Math.sin(2 * Math.PI * i / DAY) + 0.3 * random.nextGaussian();
        if (i < FIRST || i >= FIRST + DAY) {
          assertThat(alarm.rung).isFalse();
          forecaster.advance(memory, at(i, i == fault ? sound + 12 : sound), Model.none(), alarm);
        }
      }
      found += alarm.rung ? 1 : 0;
    }
    assertThat(found).isEqualTo(20);
  }

  private static Reading at(int quarter, double value) {
    long time = Plans.START + 15 * Plans.MINUTE * quarter;
    return new Reading("pump", time, time, new double[] {value}, new double[0]);
  }

  private static final class Alarm implements Outcomes {
    private boolean rung;

    @Override
    public void forecast(Forecast made) {}

    @Override
    public void verdict(Verdict made) {
      rung |= made.alert();
    }

    @Override
    public void late(Reading reading, String why) {}

    @Override
    public void repeat(Reading reading) {}
  }
}
