package io.sluice.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Noise around a forecast that knows its middle, and what may happen to it. */
class WatchTest {
  private static final int PATIENCE = 8;
  private static final int LAYOUT = 3;

  private final Random random = new Random(5);
  private Watch watch = new Watch();
  private final Suspicion suspicion = new Suspicion(1, PATIENCE);

  @Test
  void saysThatAnythingIsOddAboutAsRarelyAsItClaims() {
    int odd = 0;
    for (int i = 0; i < 100_000; i++) {
      odd += hear(gaussian(), 0, 0) == Kind.NORMAL ? 0 : 1;
    }
    assertThat(odd).isBetween(10, 150);
  }

  @Test
  void callsAReadingFarAsideByItsSideAndNothingMoreWhenItWasAlone() {
    settle();
    assertThat(hear(15, 0, 0)).isEqualTo(Kind.SPIKE);
    for (int i = 0; i < 2 * PATIENCE; i++) {
      assertThat(hear(gaussian(), 0, 0)).isEqualTo(Kind.NORMAL);
    }
    assertThat(hear(-15, 0, 0)).isEqualTo(Kind.DIP);
  }

  @Test
  void callsANewLevelByItsNameOnceItIsConfirmedThoughForecastsFollowAtOnce() {
    settle();
    assertThat(hear(15, 0, 0)).isEqualTo(Kind.SPIKE);
    List<Kind> after = new ArrayList<>();
    for (int i = 0; i < PATIENCE; i++) {
      after.add(hear(15 + gaussian(), 15, 0));
    }
    assertThat(after.get(PATIENCE - 1)).isEqualTo(Kind.LEVEL);
    assertThat(after.subList(0, PATIENCE - 1)).doesNotContain(Kind.LEVEL);
    assertThat(suspicion.side()).isEqualTo(1);
  }

  @Test
  void callsAGreaterAndASmallerSpreadAChangeOfVariance() {
    settle();
    assertThat(within(60, () -> hear(3 * gaussian(), 0, 0))).contains(Kind.VARIANCE);
    watch = new Watch();
    settle();
    assertThat(within(60, () -> hear(0.02 * gaussian(), 0, 0))).contains(Kind.VARIANCE);
  }

  @Test
  void callsALineFlatThatUsedToMove() {
    settle();
    assertThat(within(12, () -> hear(0.5, 0.4, 0))).contains(Kind.FLAT);
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "3, 0", "8, 0"})
  void findsWhatHappensSoonAfterALongAnomaly(double trembles, double rises) {
    settle();
    within(60, () -> hear(trembles * gaussian() + rises, 0, 0));
    within(50, () -> hear(gaussian(), 0, 0));
    assertThat(hear(10, 0, 0)).isEqualTo(Kind.SPIKE);
    within(50, () -> hear(gaussian(), 0, 0));
    assertThat(within(60, () -> hear(3 * gaussian(), 0, 0))).contains(Kind.VARIANCE);
  }

  @Test
  void whatLastsIsUsualInTheEnd() {
    settle();
    assertThat(within(100, () -> hear(4 * gaussian(), 0, 0))).contains(Kind.VARIANCE);
    within(1500, () -> hear(4 * gaussian(), 0, 0));
    List<Kind> after = within(1000, () -> hear(4 * gaussian(), 0, 0));
    assertThat(after).filteredOn(kind -> kind != Kind.NORMAL).hasSizeLessThan(5);
  }

  @Test
  void neverCallsAConstantFlatNorOneThatOftenRests() {
    assertThat(within(3000, () -> hear(5, 5, 0))).containsOnly(Kind.NORMAL);
    watch = new Watch();
    List<Kind> kinds = new ArrayList<>();
    for (int night = 0; night < 60; night++) {
      kinds.clear();
      for (int hour = 0; hour < 24; hour++) {
        double sun = Math.max(0, Math.sin((hour - 6) * Math.PI / 12)) * (100 + gaussian());
        kinds.add(hear(sun, sun + gaussian(), 0));
      }
    }
    assertThat(kinds).doesNotContain(Kind.FLAT);
  }

  @Test
  void goesOnFromItsBytesAsIfNothingHadHappened() throws IOException {
    settle();
    hear(15, 0, 0);
    byte[] bytes = bytes(watch);
    Watch reborn = new Watch();
    reborn.read(new DataInputStream(new ByteArrayInputStream(bytes)), LAYOUT);
    for (int i = 0; i < 20; i++) {
      double value = gaussian();
      hear(value, 0, 0);
      double evidence = suspicion.evidence();
      suspicion.clear();
      reborn.weigh(value, 0, 0, suspicion);
      assertThat(suspicion.evidence()).isEqualTo(evidence);
    }
    assertThat(bytes(reborn)).isEqualTo(bytes(watch));
  }

  private static byte[] bytes(Watch watch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    watch.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private void settle() {
    within(1000, () -> hear(gaussian(), 0, 0));
  }

  private List<Kind> within(int readings, Supplier<Kind> reading) {
    List<Kind> kinds = new ArrayList<>();
    for (int i = 0; i < readings; i++) {
      kinds.add(reading.get());
    }
    return kinds;
  }

  private Kind hear(double value, double expected, double change) {
    suspicion.clear();
    watch.weigh(value, expected, change, suspicion);
    return suspicion.kind();
  }

  private double gaussian() {
    return random.nextGaussian();
  }
}
