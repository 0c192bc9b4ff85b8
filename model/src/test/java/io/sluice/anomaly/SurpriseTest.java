package io.sluice.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SurpriseTest {
  private final Random random = new Random(9);

  @Test
  void evidenceOfAHeavyTailIsItsChance() {
    Tail tail = new Tail(0.02, 0, 0.5, 10);
    for (int i = 0; i < 50_000; i++) {
      tail.learn(pareto());
    }
    int beyond = 0;
    for (int i = 0; i < 100_000; i++) {
      beyond += tail.evidence(pareto()) > 3 ? 1 : 0;
    }
    assertThat(beyond).isBetween(40, 220);
  }

  @Test
  void theDistanceOfAnOutlineIsTheNearestOfAllByHand() {
    Discord discord = new Discord(Wariness.PAST);
    double[] points = random.doubles(400).toArray();
    for (double point : points) {
      for (int i = 0; i < 4; i++) {
        discord.draw(point);
      }
    }
    int n = discord.points();
    double nearest = Double.MAX_VALUE;
    double[] last = shape(points, points.length - n, n, discord.spread());
    for (int j = 0; j <= points.length - 2 * n; j++) {
      double[] other = shape(points, j, n, discord.spread());
      double distance = 0;
      for (int k = 0; k < n; k++) {
        distance += (last[k] - other[k]) * (last[k] - other[k]) / n;
      }
      nearest = Math.min(nearest, distance);
    }
    double found = new DiscordSearch(Wariness.PAST).distance(discord);
    assertThat(found).isCloseTo(Math.sqrt(nearest), within(1e-4));
  }

  @Test
  void aBeatThatIsMissingSurprisesMoreThanAllTheBeats() {
    Wariness wariness = new Wariness();
    Surprise surprise = new Surprise();
    double[] said = new double[6000];
    for (int i = 0; i < said.length; i++) {
      boolean missing = i / 100 == 50;
      double value = (missing ? 0 : Math.sin(2 * Math.PI * i / 100)) + 0.05 * random.nextGaussian();
      said[i] = surprise.evidence(wariness, value, 100);
    }
    double before = Arrays.stream(said, 1000, 5000).max().orElseThrow();
    double there = Arrays.stream(said, 5000, 5200).max().orElseThrow();
    assertThat(there).isGreaterThan(before + 1);
  }

  private double pareto() {
    return Math.pow(1 - random.nextDouble(), -0.5);
  }

  private static double[] shape(double[] points, int from, int n, double unit) {
    double[] shape = Arrays.copyOfRange(points, from, from + n);
    double mean = Arrays.stream(shape).average().orElseThrow();
    double square = 0;
    for (int k = 0; k < n; k++) {
      shape[k] = (shape[k] - mean) / unit;
      square += shape[k] * shape[k] / n;
    }
    double scale = Math.sqrt(square + 0.04);
    for (int k = 0; k < n; k++) {
      shape[k] /= scale;
    }
    return shape;
  }
}
