package io.sluice.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.sluice.anomaly.Label;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Reading;
import io.sluice.forecast.Timing;
import io.sluice.weights.Horizon;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TapeTest {
  private static final long HOUR = 3_600_000;
  private final ForecastPlan plan =
      new ForecastPlan(
          List.of("flow"),
          List.of(),
          new Horizon(List.of(1, 2), List.of(0.1, 0.5, 0.9)),
          Timing.DEFAULT,
          8,
          4,
          0);
  private final Tape tape = new Tape(plan);

  private void hear(int from, int to) {
    for (int hour = from; hour < to; hour++) {
      tape.hear(new Reading("pump", hour * HOUR, hour % 3));
    }
  }

  @Test
  void targetsAreTheChangesToComeInStridesOfTheirLead() {
    hear(0, 40);
    Window window = tape.windows(0, 40, 4, 1).window(20);
    float stride = (float) Math.sqrt(2);
    float[] changes = {-2, -1, 1, 2, 1, -1, -2, -1};
    for (int i = 0; i < changes.length; i++) {
      assertThat(window.targets()[i]).isCloseTo(changes[i] / stride, withinPercentage(5));
    }
    assertThat(window.mask()).containsOnly(1);
  }

  @Test
  void nothingOutsideTheCutIsSeen() {
    hear(0, 40);
    Windows before = tape.windows(10, 30, 5, 5);
    hear(40, 60);
    Windows after = tape.windows(10, 30, 5, 5);
    assertThat(before.count()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      assertThat(after.window(i).inputs()).isEqualTo(before.window(i).inputs());
      assertThat(after.window(i).targets()).isEqualTo(before.window(i).targets());
    }
    assertThat(before.window(3).mask()).containsExactly(1, 1, 1, 1, 1, 1, 1, 0, 0, 0);
  }

  @Test
  void noWindowSpansAGapTooLong() {
    hear(0, 20);
    hear(100, 120);
    assertThat(tape.windows(0, 40, 20, 1).count()).isEqualTo(2);
    assertThat(tape.windows(0, 40, 20, 1).window(0).mask()).endsWith(1, 1, 1, 0, 0, 0);
  }

  @Test
  void whatWasNeverReadIsNoTarget() {
    hear(0, 20);
    tape.hear(new Reading("pump", 20 * HOUR, Double.NaN));
    hear(21, 24);
    Window window = tape.windows(0, 24, 3, 1).window(18);
    assertThat(window.mask()).containsExactly(1, 0, 0, 1, 1, 1);
  }

  @Test
  void aReadingThatSetOffAnAlertCountsAsMuchAsOneIsTold() {
    Random random = new Random(4);
    Tape wary = new Tape(plan, 0.25);
    for (int hour = 0; hour < 200; hour++) {
      double flow = hour == 150 ? 1e4 : 20 + random.nextGaussian();
      wary.hear(new Reading("pump", hour * HOUR, flow));
    }
    float[] mask = wary.windows(140, 160, 20, 1).window(0).mask();
    // a lead of one from step 149, a lead of two from step 148
    assertThat(mask[9 * 2]).isEqualTo(0.25f);
    assertThat(mask[8 * 2 + 1]).isEqualTo(0.25f);
    assertThat(Arrays.copyOf(mask, 8 * 2)).containsOnly(1);
  }

  @ParameterizedTest
  @CsvSource({"TRUE, 0.25, 0", "FALSE, 1, 1", "BENIGN, 1, 1", "MAINTENANCE, 0, 0"})
  void whatAPersonSaysOutweighsWhatWasThoughtOfAnAlert(Label label, float learnt, float measured) {
    Random random = new Random(4);
    Tape wary = new Tape(plan, 0.25);
    for (int hour = 0; hour < 200; hour++) {
      double flow = hour == 150 ? 1e4 : 20 + random.nextGaussian();
      wary.hear(new Reading("pump", hour * HOUR, flow));
    }
    float[] before = wary.windows(140, 160, 20, 1).window(0).mask();

    wary.hear(new TreeMap<>(Map.of(150 * HOUR + 1, label)));
    assertThat(wary.windows(140, 160, 20, 1).window(0).mask()).isEqualTo(before);

    wary.hear(new TreeMap<>(Map.of(150 * HOUR, label)));
    // a lead of one from step 149
    assertThat(wary.windows(140, 160, 20, 1).window(0).mask()[9 * 2]).isEqualTo(learnt);
    assertThat(wary.trials(140, 160, 20, 1).window(0).mask()[9 * 2]).isEqualTo(measured);
    float[] after = wary.windows(140, 160, 20, 1).window(0).mask();
    assertThat(Arrays.copyOf(after, 8 * 2)).containsOnly(1);
  }

  @Test
  void whatAPersonSaysHoldsForTheOddReadingsAroundOfWhichNobodySaysAnythingElse() {
    Tape wary = new Tape(plan, 0);
    for (int hour = 0; hour < 200; hour++) {
      double flow = hour > 100 && hour < 160 ? 7 : 20 + Math.sin(hour);
      wary.hear(new Reading("pump", hour * HOUR, flow));
    }
    assertThat(wary.windows(140, 150, 10, 1).window(0).mask()).containsOnly(0);

    wary.hear(
        new TreeMap<>(
            Map.of(143 * HOUR, Label.TRUE, 145 * HOUR, Label.BENIGN, 147 * HOUR, Label.FALSE)));

    float[] mask = wary.windows(139, 149, 10, 1).window(0).mask();
    // a lead of one from step 142 and a lead of two from step 141 are what the first of them spoke
    // of
    assertThat(IntStream.range(0, 7).mapToObj(step -> mask[2 * step]))
        .containsExactly(1f, 1f, 1f, 0f, 1f, 1f, 1f);
    assertThat(IntStream.range(0, 6).mapToObj(step -> mask[2 * step + 1]))
        .containsExactly(1f, 1f, 0f, 1f, 1f, 1f);
  }

  @Test
  void lateReadingsAndRepeatsLeaveNoTrace() {
    hear(0, 20);
    hear(10, 20);
    assertThat(tape.steps()).isEqualTo(20);
  }
}
