package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Row;
import io.sluice.settings.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A fleet that suffers nothing but a spike here and there, through the operator and its rescaling: false alarms stay within
 * the budget, and the spikes are found. By the budget's law the count may be half as large again: a tail is learnt from
 * what a series has shown so far, and one that is young has shown little.
 */
class BudgetTest {
  private static final int SERIES = 300;
  private static final int MINUTES = 1200;
  private static final int SETTLED = 200;
  private static final int HOURLY = 5;
  private static final double ALLOWED = HOURLY * MINUTES / 60.0;
  private static final double TOLERANCE = 1.5;
  private static final int NOTICED = 9;
  private static final Settings SETTINGS =
      Plant.settings(
          """
          model: {horizon: [1], context: 8}
          alerts: {budget: %d/h, fleet: %d}
          """
              .formatted(HOURLY, SERIES));

  /** How readings lie about their middle, whose size is about 1. */
  private enum Law {
    GAUSS,
    LAPLACE,
    STUDENT;

    double draw(Random random) {
      double gauss = random.nextGaussian();
      return switch (this) {
        case GAUSS -> gauss;
        case LAPLACE -> Math.signum(gauss) * -Math.log(1 - random.nextDouble());
        case STUDENT -> gauss / Math.sqrt(square(random) + square(random) + square(random));
      };
    }

    private static double square(Random random) {
      double gauss = random.nextGaussian();
      return gauss * gauss / 3;
    }
  }

  @ParameterizedTest
  @EnumSource(Law.class)
  void falseAlarmsOfAFleetStayWithinItsBudgetAndFaultsAreFound(Law law) throws Exception {
    List<Verdict> alerts = alerts(law, 1, 4, 2);

    long found =
        alerts.stream().filter(BudgetTest::aboutASpike).map(Verdict::series).distinct().count();
    long wrong = alerts.stream().filter(alert -> !aboutASpike(alert)).count();
    assertThat(wrong).isLessThan(Math.round(TOLERANCE * ALLOWED));
    assertThat(found).isGreaterThanOrEqualTo(Math.round(0.95 * SERIES / 3));
    assertThat(alerts)
        .extracting(Verdict::episode)
        .isEqualTo(alerts(law, 1).stream().map(Verdict::episode).toList());
  }

  private static List<Verdict> alerts(Law law, int... parallelisms) throws Exception {
    Random random = new Random(17);
    List<Verdict> alerts = new ArrayList<>();
    Subtasks subtasks = Subtasks.fresh(SETTINGS, HashMapStateBackend::new, parallelisms[0]);
    for (int minute = 0; minute < MINUTES; minute++) {
      for (int series = 0; series < SERIES; series++) {
        double value = law.draw(random) + (minute == spike(series) ? 500 : 0);
        subtasks.hear(Plant.arrival("pump-" + series, minute, value));
      }
      for (Row row : subtasks.rows()) {
        if (row instanceof Row.Judged judged && judged.verdict().alert()) {
          alerts.add(judged.verdict());
        }
      }
      int stage = (minute + 1) * parallelisms.length / MINUTES;
      if (stage > minute * parallelisms.length / MINUTES && stage < parallelisms.length) {
        subtasks = subtasks.reborn(parallelisms[stage]);
      }
    }
    subtasks.close();
    alerts.sort(Comparator.comparing(Verdict::time).thenComparing(Verdict::series));
    return alerts;
  }

  /** The minute of the one spike that every third series has. */
  private static int spike(int series) {
    return series % 3 == 0 ? SETTLED + series * 3 : -1;
  }

  private static boolean aboutASpike(Verdict alert) {
    int spike = spike(Integer.parseInt(alert.series().replace("pump-", "")));
    long since = (alert.time() - Plant.START) / Plant.MINUTE - spike;
    return spike >= 0 && since >= 0 && since < NOTICED;
  }
}
