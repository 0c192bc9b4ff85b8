package io.sluice.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every implementation of the loops promises, bit for bit. */
abstract class SweepTest {
  private static final int BLOCK = 256;
  private static final int POINTS = Stretches.POINTS;

  private final Random random = new Random(5);

  abstract Sweep sweep();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65, 255, 256})
  void findsTheNearestStretchOfTheWindowWithTheSquaresInTheirOrder(int size) {
    Stretches stretches = new Stretches();
    System.arraycopy(floats(POINTS), 0, stretches.latest, 0, POINTS);
    System.arraycopy(floats(size + POINTS - 1), 0, stretches.window, 0, size + POINTS - 1);
    float nearest = Float.MAX_VALUE;
    int lag = 0;
    for (int i = 0; i < size; i++) {
      float square = 0;
      for (int k : Stretches.ORDER) {
        float apart = stretches.window[i + k] - stretches.latest[k];
        square += apart * apart;
      }
      lag = square < nearest ? 100 + size - 1 - i : lag;
      nearest = Math.min(nearest, square);
    }
    stretches.begin();
    stretches.look(100, size);
    sweep().seek(stretches);
    assertThat(stretches.least()).isEqualTo(nearest);
    assertThat(stretches.lag()).isEqualTo(lag);
    sweep().seek(stretches);
    assertThat(stretches.lag()).isEqualTo(lag);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65, 255, 256})
  void sumsOfShapesRunFromTheLastPointToTheFirst(int size) {
    float[] outline = floats(BLOCK + POINTS + Sweep.SLACK);
    float[] latest = floats(POINTS);
    Sums sums = new Sums(BLOCK);
    sums.begin(size);
    sweep().add(outline, latest, 12, POINTS, sums);
    sweep().add(outline, latest, 0, 12, sums);
    for (int i = 0; i < size; i++) {
      float points = 0;
      float squares = 0;
      float products = 0;
      for (int k = POINTS - 1; k >= 0; k--) {
        points += outline[i + k];
        squares += outline[i + k] * outline[i + k];
        products += outline[i + k] * latest[k];
      }
      assertThat(sums.points[i]).isEqualTo(points);
      assertThat(sums.squares[i]).isEqualTo(squares);
      assertThat(sums.products[i]).isEqualTo(products);
    }
  }

  @Test
  void distancesOfManyShapesAreThoseOfEach() {
    float[] latest = floats(POINTS);
    Nearest nearest = new Nearest();
    nearest.begin(latest, POINTS, POINTS, -1);
    Sums sums = new Sums(BLOCK);
    sums.begin(100);
    sweep().add(floats(BLOCK + POINTS + Sweep.SLACK), latest, 0, POINTS, sums);
    float[] apart = new float[BLOCK + Sweep.SLACK];
    sweep().apart(sums, nearest, apart);
    for (int i = 0; i < 100; i++) {
      assertThat(apart[i])
          .isEqualTo(nearest.apart(sums.points[i], sums.squares[i], sums.products[i]));
    }
  }

  @Test
  void seesTheOneThatLiesBelowOrNearerWhereverItStands() {
    for (int size : new int[] {1, 16, 33, 100, 256}) {
      float[] floats = new float[BLOCK + Sweep.SLACK];
      Arrays.fill(floats, 0, size, 5);
      for (int i = 0; i < size; i++) {
        floats[i] = 4;
        assertThat(sweep().anyBelow(floats, 4.5f, size)).isTrue();
        assertThat(sweep().anyBelow(floats, 4, size)).isFalse();
        assertThat(sweep().anyNearer(floats, 3, 1.5f, size)).isTrue();
        assertThat(sweep().anyNearer(floats, 3, 1, size)).isFalse();
        floats[i] = 5;
      }
    }
  }

  @Test
  void whatIsNoNumberIsNeverBelowAnything() {
    float[] floats = {Float.NaN, Float.NaN, 3, Float.NaN};
    assertThat(sweep().anyBelow(floats, 2, 4)).isFalse();
    assertThat(sweep().anyBelow(floats, 4, 4)).isTrue();
  }

  private float[] floats(int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) random.nextGaussian();
    }
    return floats;
  }
}
