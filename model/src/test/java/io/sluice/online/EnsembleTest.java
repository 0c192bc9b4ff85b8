package io.sluice.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnsembleTest {
  private static final double[] NO_NETWORK = {};
  private final EnsemblePlan plan = EnsemblePlan.of(List.of(1, 6), 1024, 1, Regression.STANDARD);
  private final Ensemble ensemble = new Ensemble(plan);
  private final Random random = new Random(5);

  @Test
  void findsTheSeasonAndForecastsItsNoiseAtBest() {
    Experience experience = Experience.fresh(plan);
    double[] error = errors(experience, 4000, t -> 20 * daily(t) + random.nextGaussian());
    assertThat(experience.period()).isEqualTo(24);
    assertThat(error[0]).isBetween(0.85, 1.25);
    assertThat(error[1]).isBetween(0.85, 1.25);
  }

  @Test
  void isNotMuchWorseThanTheLastValueOnARandomWalk() {
    Experience experience = Experience.fresh(plan);
    double[] walk = {1e6};
    double[] error = errors(experience, 6000, t -> walk[0] += random.nextGaussian());
    assertThat(error[0]).isBetween(0.9, 1.05);
    assertThat(error[1]).isBetween(5.0, 6.6);
  }

  @Test
  void losesNextToNothingToTheLastValueWhereNothingElseCanBeForetold() {
    double[] excess = new double[2];
    for (int seed = 0; seed < 8; seed++) {
      Random steps = new Random(seed);
      Experience experience = Experience.fresh(plan);
      double[] walk = steps.doubles(6000).map(step -> step < 0.5 ? -1 : 1).toArray();
      Arrays.parallelPrefix(walk, Double::sum);
      double[] error = errors(experience, walk.length, t -> walk[t]);
      double[] last = errors(walk);
      excess[0] += error[0] / last[0] - 1;
      excess[1] += error[1] / last[1] - 1;
    }
    assertThat(excess[0] / 8).isLessThan(0.001);
    assertThat(excess[1] / 8).isLessThan(0.002);
  }

  /** Of the last value, over the second half. */
  private static double[] errors(double[] series) {
    double[] error = new double[2];
    for (int t = series.length / 2; t < series.length; t++) {
      error[0] += square(series[t] - series[t - 1]) / (series.length - series.length / 2);
      error[1] += square(series[t] - series[t - 6]) / (series.length - series.length / 2);
    }
    return error;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void readsWhatAnOlderLayoutHolds(int layout) throws IOException {
    EnsemblePlan small = EnsemblePlan.of(List.of(1, 6), 64, 1, Regression.STANDARD);
    Path file = Path.of("src/test/resources/experiences", layout + ".experience");
    byte[] bytes = Files.readAllBytes(file);
    Experience read = Experience.read(new DataInputStream(new ByteArrayInputStream(bytes)), small);
    double[] expected = new double[2];
    Ensemble again = new Ensemble(small);
    for (int t = 300; t < 600; t++) {
      again.observe(
          new Experience[] {read},
          new double[] {20 + 5 * Math.sin(t / 3.0) + t * 7919 % 101 / 50.0});
      again.expect(new Experience[] {read}, 0, NO_NETWORK, expected);
    }
    assertThat(read.period()).isEqualTo(19);
    assertThat(expected[0]).isCloseTo(20 + 5 * Math.sin(200) + 1, within(1.5));
    assertThat(expected[1]).isCloseTo(20 + 5 * Math.sin(605 / 3.0) + 1, within(1.5));
  }

  @Test
  void leansToTheNetworkWhereItKnowsBetter() {
    Experience experience = Experience.fresh(plan);
    double[] coming = random.doubles(3007).toArray();
    double[] expected = new double[2];
    double error = 0;
    for (int t = 0; t < 3000; t++) {
      ensemble.observe(new Experience[] {experience}, new double[] {coming[t]});
      ensemble.expect(
          new Experience[] {experience}, 0, new double[] {coming[t + 1], coming[t + 6]}, expected);
      error += t < 1000 ? 0 : Math.abs(expected[0] - coming[t + 1]);
    }
    assertThat(error / 2000).isLessThan(0.01);
    assertThat(experience.shares(0)[5]).isGreaterThan(0.95);
  }

  @Test
  void hearsANeighbourThatKnowsItBefore() {
    EnsemblePlan two = EnsemblePlan.of(List.of(1, 6), 1024, 2, Regression.STANDARD);
    Ensemble ensemble = new Ensemble(two);
    Experience[] both = {Experience.fresh(two), Experience.fresh(two)};
    double[] noise = random.doubles(3001, -1, 1).toArray();
    double[] expected = new double[2];
    double error = 0;
    for (int t = 0; t < 3000; t++) {
      ensemble.observe(both, new double[] {noise[t], noise[t + 1]});
      ensemble.expect(both, 0, NO_NETWORK, expected);
      error += t < 1500 ? 0 : square(expected[0] - noise[t + 1]) / 1500;
    }
    assertThat(error).isLessThan(0.01);
    assertThat(both[0].shares(0)[4]).isGreaterThan(0.9);
  }

  /** Of a moving average with so long a past that few values back tell little, while its last error tells all. */
  @Test
  void learnsFromItsLastError() {
    double[] shock = random.doubles(8001, -1, 1).toArray();
    Experience experience = Experience.fresh(plan);
    double[] error = errors(experience, 8000, t -> shock[t + 1] - 0.97 * shock[t]);
    assertThat(error[0]).isBetween(1 / 3.0, 1.06 / 3);
    assertThat(experience.correction()).isNotZero();
  }

  /** A fresh season has few pairs, among which a sine may be a rounding away from zero each time. */
  @Test
  void doesNotTakeARoundingForASign() {
    Experience experience = Experience.fresh(plan);
    double[] expected = new double[2];
    double furthest = 0;
    for (int t = 0; t < 400; t++) {
      ensemble.observe(
          new Experience[] {experience},
          new double[] {t % 12 == 5 ? 0.134 : 0.066 + t % 2 * 0.066});
      ensemble.expect(new Experience[] {experience}, 0, NO_NETWORK, expected);
      furthest = Math.max(furthest, Math.abs(expected[1]));
    }
    assertThat(furthest).isLessThan(1);
  }

  @Test
  void aMonstrousReadingDoesNotBendWhatThousandsTaught() {
    Experience experience = Experience.fresh(plan);
    errors(experience, 3000, t -> 20 * daily(t) + random.nextGaussian());
    double[] error =
        errors(experience, 240, t -> t == 0 ? 1e12 : 20 * daily(t) + random.nextGaussian());
    assertThat(error[0]).isLessThan(1.6);
  }

  @Test
  void missingValuesTeachNothingAndStopNothing() {
    Experience experience = Experience.fresh(plan);
    double[] error =
        errors(
            experience,
            4000,
            t -> t % 10 == 3 ? Double.NaN : 20 * daily(t) + random.nextGaussian());
    assertThat(error[0]).isBetween(0.85, 1.3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 137})
  void diesAndIsRebornWithTheSameBits(int every) throws IOException {
    Experience straight = Experience.fresh(plan);
    Experience reborn = Experience.fresh(plan);
    double[] expected = new double[2];
    double[] again = new double[2];
    for (int t = 0; t < 700; t++) {
      double value = t % 50 == 7 ? Double.NaN : 5 * daily(t) + random.nextGaussian();
      ensemble.observe(new Experience[] {straight}, new double[] {value});
      ensemble.expect(new Experience[] {straight}, 0, NO_NETWORK, expected);
      if (t % every == 0) {
        byte[] bytes = bytes(reborn);
        reborn = Experience.read(new DataInputStream(new ByteArrayInputStream(bytes)), plan);
        assertThat(bytes(reborn)).isEqualTo(bytes);
      }
      ensemble.observe(new Experience[] {reborn}, new double[] {value});
      ensemble.expect(new Experience[] {reborn}, 0, NO_NETWORK, again);
      assertThat(again).isEqualTo(expected);
    }
    assertThat(bytes(reborn)).isEqualTo(bytes(straight));
  }

  @Test
  void refusesTheBytesOfAnotherPlan() throws IOException {
    byte[] bytes = bytes(Experience.fresh(plan));
    EnsemblePlan other = EnsemblePlan.of(List.of(1, 7), 1024, 1, Regression.STANDARD);
    assertThatThrownBy(
            () -> Experience.read(new DataInputStream(new ByteArrayInputStream(bytes)), other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("of another plan");
  }

  @Test
  void bytesOfAnotherOrderAreReadAndWrittenAgain() throws IOException {
    EnsemblePlan wide = EnsemblePlan.of(List.of(1, 6), 1024, 1, new Regression(30, 16));
    Experience experience = Experience.fresh(wide);
    errors(new Ensemble(wide), experience, 600, t -> daily(t) + random.nextGaussian());
    byte[] bytes = bytes(experience);
    Experience read = Experience.read(new DataInputStream(new ByteArrayInputStream(bytes)), plan);
    assertThat(bytes(read)).isEqualTo(bytes);
    assertThat(bytes.length).isGreaterThan(bytes(Experience.fresh(plan)).length);
  }

  @Test
  void aGreaterOrderSeesWhatLiesFurtherBack() {
    EnsemblePlan wide = EnsemblePlan.of(List.of(1, 6), 1024, 1, new Regression(24, 64));
    double[] noise = random.doubles(8000, -1, 1).toArray();
    IntToDoubleFunction echo = t -> noise[t] - (t < 20 ? 0 : 0.9 * noise[t - 20]);
    double near = errors(Experience.fresh(plan), noise.length, echo)[0];
    double far = errors(new Ensemble(wide), Experience.fresh(wide), noise.length, echo)[0];
    assertThat(far).isLessThan(0.85 * near);
  }

  @Test
  void whatIsSolvedSeldomLearnsLater() {
    EnsemblePlan seldom = EnsemblePlan.of(List.of(1, 6), 1024, 1, new Regression(12, 5000));
    double[] echo = new double[1200];
    for (int t = 1; t < echo.length; t++) {
      echo[t] = -0.9 * echo[t - 1] + random.nextGaussian();
    }
    double soon = errors(Experience.fresh(plan), echo.length, t -> echo[t])[0];
    double late =
        errors(new Ensemble(seldom), Experience.fresh(seldom), echo.length, t -> echo[t])[0];
    assertThat(soon).isBetween(0.8, 1.3);
    assertThat(late).isGreaterThan(1.2 * soon);
  }

  /** Mean squared error of each lead over the second half. */
  private double[] errors(Experience experience, int steps, IntToDoubleFunction series) {
    return errors(ensemble, experience, steps, series);
  }

  private static double[] errors(
      Ensemble ensemble, Experience experience, int steps, IntToDoubleFunction series) {
    double[][] made = new double[steps][2];
    double[] error = new double[2];
    int scored = 0;
    for (int t = 0; t < steps; t++) {
      double value = series.applyAsDouble(t);
      if (t >= Math.max(6, steps / 2) && !Double.isNaN(value)) {
        scored++;
        error[0] += square(value - made[t - 1][0]);
        error[1] += square(value - made[t - 6][1]);
      }
      ensemble.observe(new Experience[] {experience}, new double[] {value});
      ensemble.expect(new Experience[] {experience}, 0, NO_NETWORK, made[t]);
    }
    return new double[] {error[0] / scored, error[1] / scored};
  }

  private static double square(double x) {
    return x * x;
  }

  private static double daily(int t) {
    double angle = 2 * Math.PI * t / 24;
    return Math.sin(angle) + 0.5 * Math.cos(3 * angle);
  }

  private static byte[] bytes(Experience experience) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    experience.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
