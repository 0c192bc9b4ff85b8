package io.sluice.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoveltyTest {
  private static final int CAPACITY = 600;
  private static final double EXACTLY = -1;

  private final Random random = new Random(4);
  private final Novelty novelty = remembering(CAPACITY);
  private final NoveltySearch search = new NoveltySearch();

  @ParameterizedTest
  @ValueSource(ints = {47, 48, 49, 120, 281, 303, 304, 599, 600, 601, 2000})
  void bothDistancesAreTheNearestOfAllByHand(int readings) {
    double[] values = random.doubles(readings, -3, 3).toArray();
    for (double value : values) {
      novelty.push(value);
    }
    int kept = Math.min(readings, CAPACITY);
    double nearest = nearest(values, 1, kept - 1);
    assertThat(search.value(novelty, EXACTLY)).isCloseTo(nearest, within(1e-5));
    int longest = Math.min(kept, CAPACITY - 1) - Stretches.POINTS;
    if (longest < Stretches.POINTS) {
      assertThat(search.stretch(novelty, EXACTLY)).isNaN();
    } else {
      double least = nearest(values, Stretches.POINTS, longest);
      assertThat(search.stretch(novelty, EXACTLY)).isCloseTo(least, within(1e-5));
    }
  }

  @Test
  void theDistanceIsExactWhereItIsNotOrdinaryAndOrdinaryWhereItIs() {
    double ordinary = 0.55;
    int beyond = 0;
    for (int i = 0; i < 3000; i++) {
      novelty.push(Math.sin(0.1 * i) + 0.5 * random.nextGaussian());
      double exactly = new NoveltySearch().stretch(novelty, EXACTLY);
      double found = search.stretch(novelty, ordinary);
      beyond += exactly > ordinary ? 1 : 0;
      if (exactly <= ordinary) {
        assertThat(found).isLessThanOrEqualTo(ordinary);
      } else {
        assertThat(found).isEqualTo(Double.valueOf(exactly));
      }
    }
    assertThat(beyond).isBetween(300, 2700);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64})
  void isRebornWithTheSameDistancesAsItsOriginMoves(int every) throws IOException {
    Novelty reborn = remembering(CAPACITY);
    for (int i = 0; i < 1500; i++) {
      double value = 1e6 + i + random.nextGaussian();
      novelty.push(value);
      reborn.push(value);
      assertThat(search.value(reborn, EXACTLY)).isEqualTo(search.value(novelty, EXACTLY));
      assertThat(search.stretch(reborn, EXACTLY))
          .isEqualTo(Double.valueOf(search.stretch(novelty, EXACTLY)));
      if (i % every == 0) {
        reborn = read(bytes(reborn), 3);
      }
    }
  }

  @Test
  void aCounterIsToldFinelyHoweverFarItHasCome() {
    double count = 0;
    for (int i = 0; i < 5 * CAPACITY; i++) {
      count += 1e6;
      novelty.push(count);
    }
    novelty.push(count + 0.125);
    assertThat(search.value(novelty, EXACTLY)).isEqualTo(0.125);
    assertThat(novelty.value(CAPACITY / 2)).isCloseTo(count - 299e6, within(32.0));
  }

  @Test
  void readsTheUnitsOfLayoutTwo() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeDouble(100);
    out.writeDouble(0.25);
    out.writeLong(3);
    out.writeFloat(0);
    out.writeFloat(8);
    out.writeFloat(-3);
    Novelty read = read(bytes.toByteArray(), 2);
    assertThat(new double[] {read.value(2), read.value(1), read.value(0)})
        .containsExactly(100, 102, 99.25);
  }

  @Test
  void aConstantIsNeverNewAndWhatFollowsItIs() {
    for (int i = 0; i < 100; i++) {
      novelty.push(5);
    }
    assertThat(search.value(novelty, EXACTLY)).isZero();
    assertThat(search.stretch(novelty, EXACTLY)).isZero();
    novelty.push(5);
    novelty.push(6);
    assertThat(search.value(novelty, EXACTLY)).isCloseTo(1, within(1e-6));
  }

  @Test
  void keepsTheLastValuesWhereItsRoomIsChanged() {
    Novelty all = remembering(CAPACITY);
    for (int i = 0; i < 5000; i++) {
      double value = random.nextGaussian();
      all.push(value);
      novelty.push(value);
      if (i == 1500) {
        novelty.keep(200);
      }
      if (i == 2500) {
        novelty.keep(CAPACITY);
      }
    }
    assertThat(search.stretch(novelty, EXACTLY)).isEqualTo(search.stretch(all, EXACTLY));
    novelty.keep(300);
    assertThat(novelty.known()).isEqualTo(300);
    all.push(0.5);
    novelty.push(0.5);
    assertThat(search.stretch(novelty, EXACTLY))
        .isGreaterThanOrEqualTo(search.stretch(all, EXACTLY));
  }

  private static Novelty remembering(int values) {
    Novelty novelty = new Novelty();
    novelty.keep(values);
    return novelty;
  }

  private static double nearest(double[] values, int size, int longest) {
    double nearest = Double.MAX_VALUE;
    for (int lag = size; lag <= longest; lag++) {
      nearest = Math.min(nearest, apart(values, size, lag));
    }
    return nearest;
  }

  private static double apart(double[] values, int size, int lag) {
    double sum = 0;
    for (int k = values.length - size; k < values.length; k++) {
      sum += (values[k] - values[k - lag]) * (values[k] - values[k - lag]);
    }
    return Math.sqrt(sum / size);
  }

  private static byte[] bytes(Novelty novelty) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    novelty.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Novelty read(byte[] bytes, int layout) throws IOException {
    Novelty read = remembering(CAPACITY);
    read.read(new DataInputStream(new ByteArrayInputStream(bytes)), layout);
    return read;
  }
}
