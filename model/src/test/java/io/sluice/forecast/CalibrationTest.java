package io.sluice.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.weights.Horizon;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** One row: a variable, one step ahead. Errors are about a forecast of zero. */
class CalibrationTest {
  private static final double NINE_TENTHS = 1.645;
  private static final double STRIDE = 1;

  private final ForecastPlan plan = ForecastPlan.of("flow");
  private final Calibration calibration = new Calibration(Shape.of(plan));
  private final Random random = new Random(3);

  @Test
  void goesByANetworkThatKnowsWhenItIsCalm() {
    hear(4000, i -> spread(i) * random.nextGaussian(), i -> NINE_TENTHS * spread(i));
    assertThat(calibration.share(0)).isGreaterThan(0.95);
    double held = hear(4000, i -> spread(i) * random.nextGaussian(), i -> NINE_TENTHS * spread(i));
    assertThat(held).isBetween(0.89, 0.91);
  }

  @Test
  void leavesANetworkThatSwings() {
    hear(4000, i -> random.nextGaussian(), i -> Math.exp(2 * random.nextGaussian()));
    assertThat(calibration.share(0)).isLessThan(0.05);
    double held = hear(4000, i -> random.nextGaussian(), i -> Math.exp(random.nextGaussian()));
    assertThat(held).isBetween(0.89, 0.91);
  }

  @Test
  void aNewSeriesGoesByWhatTheNetworkLearntFromOthers() {
    hear(3, i -> random.nextGaussian(), i -> NINE_TENTHS);
    assertThat(calibration.share(0)).isGreaterThan(0.99);
    Calibration old = new Calibration(Shape.of(plan));
    hear(old, 3000, i -> random.nextGaussian(), i -> Double.NaN);
    hear(old, 3, i -> random.nextGaussian(), i -> NINE_TENTHS);
    assertThat(old.share(0)).isBetween(0.4, 0.7);
  }

  /** Of the first sixty too many lay beyond; what follows is held as promised nevertheless. */
  @Test
  void theSeriesDoesNotPayForItsOpening() {
    double opening = hear(60, i -> Math.pow(1.1, i), i -> Double.NaN);
    hear(900, i -> random.nextGaussian(), i -> Double.NaN);
    double held = hear(3000, i -> random.nextGaussian(), i -> Double.NaN);
    assertThat(opening).isLessThan(0.75);
    assertThat(held).isBetween(0.885, 0.915);
  }

  @Test
  void paysBackWhatIsOwedLater() {
    hear(3000, i -> random.nextGaussian(), i -> Double.NaN);
    double held = hear(3000, i -> (1 + i / 500) * random.nextGaussian(), i -> Double.NaN);
    assertThat(held).isBetween(0.895, 0.905);
  }

  /** Of a lead of 48 two hundred errors come in five rows: they say so little that more than promised is held. */
  @Test
  void moreIsHeldOfALongLeadWhileItsErrorsAreFew() {
    Horizon horizon = new Horizon(List.of(48), plan.horizon().quantiles());
    ForecastPlan far =
        new ForecastPlan(List.of("flow"), List.of(), horizon, Timing.DEFAULT, 64, 32, 0);
    double[] row = {0};
    IntToDoubleFunction rows = i -> i % 48 == 0 ? (row[0] = random.nextGaussian()) : row[0];
    double held = 0;
    for (int series = 0; series < 300; series++) {
      held += hear(new Calibration(Shape.of(far)), 200, rows, i -> Double.NaN) / 300;
    }
    assertThat(held).isBetween(0.925, 0.96);
  }

  private static double spread(int i) {
    return i / 7 % 2 == 0 ? 0.2 : 3;
  }

  private double hear(int errors, IntToDoubleFunction error, IntToDoubleFunction width) {
    return hear(calibration, errors, error, width);
  }

  /** The share of the errors that it held. */
  private double hear(
      Calibration heard, int errors, IntToDoubleFunction error, IntToDoubleFunction width) {
    int held = 0;
    for (int i = 0; i < errors; i++) {
      double network = width.applyAsDouble(i);
      double share = Double.isNaN(network) ? 0 : heard.share(0);
      double[] reaches = new double[2];
      for (int side = 0; side < 2; side++) {
        double its = share == 0 ? 0 : share * heard.widening(0, side) * network;
        double itself = (1 - share) * heard.reach(0, side, STRIDE);
        reaches[side] = heard.owed(0, side) * (itself + its);
      }
      double came = error.applyAsDouble(i);
      double[] bounds = {-reaches[0], 0, reaches[1], network, network};
      held += came >= bounds[0] && came <= bounds[2] ? 1 : 0;
      heard.score(0, new Calibration.Came(came, bounds, STRIDE), plan.horizon());
    }
    return (double) held / errors;
  }
}
