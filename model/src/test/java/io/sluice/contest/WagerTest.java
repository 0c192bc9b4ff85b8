package io.sluice.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** How often the test is wrong when it must not be, and how soon it is right. */
class WagerTest {
  private static final int CONTESTS = 2000;
  private static final int ROUNDS = 500;

  /** Rounds until the evidence is enough, {@code ROUNDS} where it never is. */
  private static int rounds(DoubleSupplier advantage) {
    Wager wager = new Wager();
    for (int round = 0; round < ROUNDS; round++) {
      wager.settle(advantage.getAsDouble());
      if (wager.evidence() >= Wager.ENOUGH) {
        return round;
      }
    }
    return ROUNDS;
  }

  /** The share of contests that are ever decided, looked at after every round. */
  private static double decided(DoubleSupplier advantage) {
    int decided = 0;
    for (int contest = 0; contest < CONTESTS; contest++) {
      decided += rounds(advantage) < ROUNDS ? 1 : 0;
    }
    return (double) decided / CONTESTS;
  }

  /** What 1 in 100 may look like over so many contests, with three standard errors of room. */
  private static final double ALLOWED = 0.01 + 3 * Math.sqrt(0.01 * 0.99 / CONTESTS);

  @Test
  void ofModelsThatAreAlikeItFindsOneBetterInOneOfAHundredContestsAtMost() {
    Random random = new Random(1);
    assertThat(decided(() -> random.nextGaussian() * 0.005)).isLessThan(ALLOWED);
    assertThat(decided(() -> random.nextGaussian() * 0.03)).isLessThan(ALLOWED);
    assertThat(decided(() -> random.nextBoolean() ? 1 : -1)).isLessThan(ALLOWED);
  }

  @Test
  void commonWeatherAndTimesOfUnrestDoNotFoolIt() {
    Random random = new Random(2);
    double[] unrest = {0.01};
    assertThat(
            decided(
                () -> {
                  double shock = random.nextGaussian();
                  unrest[0] = 0.002 + 0.9 * unrest[0] + 0.1 * Math.abs(shock) * unrest[0];
                  return shock * unrest[0];
                }))
        .isLessThan(ALLOWED);
  }

  /** Forecasts of several leads have errors in common; only those made and come true within the round are summed. */
  @Test
  void overlappingForecastsWithinRoundsDoNotFoolIt() {
    Random random = new Random(3);
    double[] noise = new double[60];
    assertThat(
            decided(
                () -> {
                  Arrays.setAll(noise, i -> random.nextGaussian());
                  for (int i = 1; i < noise.length; i++) {
                    noise[i] += noise[i - 1];
                  }
                  double champion = 0;
                  double challenger = 0;
                  for (int made = 0; made + 24 < noise.length; made++) {
                    double way = noise[made + 24] - noise[made];
                    champion += Math.abs(way - 1);
                    challenger += Math.abs(way + 1);
                  }
                  return (champion - challenger) / (champion + challenger);
                }))
        .isLessThan(ALLOWED);
  }

  @Test
  void aModelThatLosesLessIsFoundSoonAndOneThatIsFarBetterAtOnce() {
    assertThat(median(0.02, 0.02)).isLessThan(25);
    assertThat(median(0.01, 0.02)).isLessThan(60);
    assertThat(median(0.005, 0.01)).isLessThan(90);
    assertThat(median(0.3, 0.1)).isEqualTo(9);
  }

  private static double median(double advantage, double spread) {
    Random random = new Random(4);
    int[] rounds = new int[401];
    Arrays.setAll(rounds, i -> rounds(() -> advantage + spread * random.nextGaussian()));
    Arrays.sort(rounds);
    return rounds[200];
  }
}
