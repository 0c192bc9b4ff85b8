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
  private static final int CAPACITY = 200;

  private final Random random = new Random(4);
  private final Novelty novelty = new Novelty(CAPACITY);

  @ParameterizedTest
  @ValueSource(ints = {47, 48, 49, 120, 199, 200, 201, 1000})
  void bothDistancesAreTheNearestOfAllByHand(int readings) {
    double[] values = random.doubles(readings, -3, 3).toArray();
    for (double value : values) {
      novelty.push(value, 1);
    }
    int kept = Math.min(readings, CAPACITY);
    double nearest = Double.MAX_VALUE;
    for (int lag = 1; lag < kept; lag++) {
      nearest = Math.min(nearest, apart(values, 1, lag));
    }
    assertThat(novelty.value()).isCloseTo(nearest, within(1.0 / 64));
    double least = Double.MAX_VALUE;
    int longest = Math.min(kept, CAPACITY - 1) - Novelty.STRETCH;
    for (int lag = Novelty.STRETCH; lag <= longest; lag++) {
      least = Math.min(least, apart(values, Novelty.STRETCH, lag));
    }
    if (longest < Novelty.STRETCH) {
      assertThat(novelty.stretch()).isNaN();
    } else {
      assertThat(novelty.stretch()).isCloseTo(least, within(1.0 / 64));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64})
  void isRebornWithTheSameDistancesAsTheUnitGrows(int every) throws IOException {
    Novelty reborn = new Novelty(CAPACITY);
    for (int i = 0; i < 700; i++) {
      double value = 1e6 + random.nextGaussian() * (1 + i / 50);
      double deviation = i < 5 ? 0 : 0.1 + i / 50;
      novelty.push(value, deviation);
      reborn.push(value, deviation);
      assertThat(reborn.value()).isEqualTo(novelty.value());
      assertThat(reborn.stretch()).isEqualTo(Double.valueOf(novelty.stretch()));
      if (i % every == 0) {
        reborn = again(reborn);
      }
    }
  }

  @Test
  void aConstantIsNeverNewAndWhatFollowsItIs() {
    for (int i = 0; i < 100; i++) {
      novelty.push(5, 0);
    }
    assertThat(novelty.value()).isZero();
    assertThat(novelty.stretch()).isZero();
    novelty.push(5, 0);
    novelty.push(6, 0.25);
    assertThat(novelty.value()).isCloseTo(1, within(0.01));
  }

  private static double apart(double[] values, int size, int lag) {
    double sum = 0;
    for (int k = values.length - size; k < values.length; k++) {
      sum += (values[k] - values[k - lag]) * (values[k] - values[k - lag]);
    }
    return Math.sqrt(sum / size);
  }

  private static Novelty again(Novelty novelty) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    novelty.write(new DataOutputStream(bytes));
    Novelty read = new Novelty(CAPACITY);
    read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return read;
  }
}
