package io.sluice.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurpriseTest {
  private static final int PAST = 4096;
  private static final double EXACTLY = -1;

  private final Random random = new Random(9);

  @Test
  void evidenceOfAHeavyTailIsItsChance() {
    Tail tail = new Tail(0, 0.5, 10);
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
  void theDistancesOfAnOutlineAreTheNearestOfAllByHand() {
    double[] points = random.doubles(900).toArray();
    Discord discord = outline(points);
    DiscordSearch search = new DiscordSearch();
    search.seek(discord, EXACTLY, EXACTLY);
    int n = discord.points();
    double unit = discord.spread();
    assertThat(search.whole()).isCloseTo(nearest(points, n, 0, unit), within(1e-4));
    assertThat(search.half()).isCloseTo(nearest(points, n / 2, n - n / 2, unit), within(1e-4));
  }

  @Test
  void theDistancesAreExactWhereTheyAreNotOrdinaryWhereverTheSearchBegan() {
    double[] points = random.doubles(3000).toArray();
    Discord discord = new Discord();
    discord.keep(PAST);
    DiscordSearch search = new DiscordSearch();
    DiscordSearch exact = new DiscordSearch();
    int beyond = 0;
    for (double point : points) {
      boolean drawn = false;
      for (int i = 0; i < 4; i++) {
        drawn = discord.draw(point);
      }
      if (drawn && search.due(discord)) {
        search.seek(discord, 0.85, 0.5);
        double whole = search.whole();
        double half = search.half();
        exact.seek(discord, EXACTLY, EXACTLY);
        beyond += exact.whole() > 0.85 ? 1 : 0;
        assertThat(whole).isEqualTo(exact.whole() > 0.85 ? exact.whole() : Math.min(whole, 0.85));
        assertThat(half).isEqualTo(exact.half() > 0.5 ? exact.half() : Math.min(half, 0.5));
      }
    }
    assertThat(beyond).isBetween(100, 2900);
  }

  @Test
  void anotherSeasonIsComparedWithWhatWasRememberedBeforeItWasFound() {
    Novelty novelty = new Novelty();
    novelty.keep(PAST);
    Discord discord = new Discord();
    discord.keep(PAST);
    for (int i = 0; i < 3001; i++) {
      novelty.push(i % 240);
    }
    discord.fit(240, novelty);
    assertThat(discord.known()).isEqualTo(300);
    float[] points = new float[24];
    discord.copy(0, 24, points);
    assertThat(points[0]).isEqualTo(124.5f);
    assertThat(points[23]).isEqualTo(114.5f);
  }

  /** Places where likes were found are forgotten at a restart: they may change where it looks, no bit of what it says. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 250})
  void saysTheSameBitsAfterRestarts(int every) throws IOException {
    Wariness straight = new Wariness();
    Wariness reborn = new Wariness();
    Surprise surprise = new Surprise(PAST);
    int told = 0;
    for (int i = 0; i < 9000; i++) {
      double value =
          Math.sin(2 * Math.PI * i / 60) + (i % 997 < 5 ? 2 : 0.2) * random.nextGaussian();
      double said = surprise.evidence(straight, value, i < 3000 ? 1 : 60);
      assertThat(surprise.evidence(reborn, value, i < 3000 ? 1 : 60)).isEqualTo(said);
      told += said > 0 ? 1 : 0;
      reborn = i % every == 0 ? again(reborn) : reborn;
    }
    assertThat(told).isGreaterThan(5);
    assertThat(bytes(reborn)).isEqualTo(bytes(straight));
  }

  @Test
  void aBeatThatIsMissingSurprisesMoreThanAllTheBeats() {
    Wariness wariness = new Wariness();
    Surprise surprise = new Surprise(PAST);
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

  @Test
  void whatLeavesALongZeroSurprisesFinitelyAndDoesNotSilenceWhatFollows() {
    Wariness wariness = new Wariness();
    Surprise surprise = new Surprise(PAST);
    double[] said = new double[3000];
    for (int i = 0; i < said.length; i++) {
      double odd = i == 2500 ? 1e7 : 0;
      said[i] =
          surprise.evidence(wariness, i < 500 ? 0 : 1e6 + 1e4 * random.nextGaussian() + odd, 1);
    }
    assertThat(said[500]).isBetween(5.0, 100.0);
    assertThat(said[2500]).isGreaterThan(3);
  }

  private static Wariness again(Wariness wariness) throws IOException {
    Wariness read = new Wariness();
    read.read(new DataInputStream(new ByteArrayInputStream(bytes(wariness))), 3);
    return read;
  }

  private static byte[] bytes(Wariness wariness) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    wariness.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private double pareto() {
    return Math.pow(1 - random.nextDouble(), -0.5);
  }

  private static Discord outline(double[] points) {
    Discord discord = new Discord();
    discord.keep(PAST);
    for (double point : points) {
      for (int i = 0; i < 4; i++) {
        discord.draw(point);
      }
    }
    return discord;
  }

  /** Of the last n points, from all that end {@code less} points or more before them and do not overlap them. */
  private static double nearest(double[] points, int n, int less, double unit) {
    double nearest = Double.MAX_VALUE;
    double[] last = shape(points, points.length - n, n, unit);
    for (int j = less; j <= points.length - 2 * n; j++) {
      double[] other = shape(points, j, n, unit);
      double distance = 0;
      for (int k = 0; k < n; k++) {
        distance += (last[k] - other[k]) * (last[k] - other[k]) / n;
      }
      nearest = Math.min(nearest, distance);
    }
    return Math.sqrt(nearest);
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
