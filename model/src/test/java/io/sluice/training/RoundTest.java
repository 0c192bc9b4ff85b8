package io.sluice.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import io.sluice.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several places make of one round: where they meet, what it is measured by, who may answer. */
class RoundTest {
  private static final Architecture SMALL =
      new Architecture(CellKind.GRU, 2, 3, 1, false, 0, new Head.Linear(1));

  private static Weights of(float value) {
    Parameters parameters = new Parameters(SMALL);
    Arrays.fill(parameters.values, value);
    return parameters.weights();
  }

  private static float first(Weights weights) {
    return weights.tensors().tensor("weight_ih_l0").data()[0];
  }

  @Test
  void onePlaceAloneComesToWhereItCame() {
    Weights there = Initial.uniform(SMALL, 7);
    Outer outer = new Outer(of(0));

    assertThat(outer.step(List.of(new Outer.Arrived(there, 10), new Outer.Arrived(of(9), 0))))
        .isEqualTo(there);
    assertThat(outer.step(List.of(new Outer.Arrived(of(9), 0)))).isEqualTo(there);
  }

  @Test
  void placesMeetAtTheirMeanAndGoOnInTheirDirection() {
    Outer outer = new Outer(of(1));
    // from 1 to 3 with 30 windows, to 2 with 10: 1.75 on average, and 0.3 of the velocity on top
    Weights first = outer.step(List.of(new Outer.Arrived(of(3), 30), new Outer.Arrived(of(2), 10)));
    assertThat(first(first)).isCloseTo(1 + 1.3f * 1.75f, within(1e-6f));

    // they stay where they are; what is left is the velocity of 1.75, by 0.3 twice
    Weights second = outer.step(List.of(new Outer.Arrived(first, 5), new Outer.Arrived(first, 5)));
    assertThat(first(second)).isCloseTo(first(first) + 0.09f * 1.75f, within(1e-6f));
  }

  @Test
  void weightsThatAreNoNumbersMeetNowhere() {
    Outer outer = new Outer(of(Float.MAX_VALUE));
    List<Outer.Arrived> apart =
        List.of(
            new Outer.Arrived(of(-Float.MAX_VALUE), 1), new Outer.Arrived(of(-Float.MAX_VALUE), 1));
    assertThatThrownBy(
            () -> {
              outer.step(apart);
              outer.step(apart);
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected finite numbers");
  }

  @Test
  void theNaiveForecastIsWhatTheTargetsWere() {
    float[] targets = {-2, 10, -1, 20, 0, 30, 1, 40, 2, 50};
    float[] mask = {1, 1, 1, 1, 1, 1, 1, 1, 1, 0};
    Windows windows = Windows.of(5, List.of(new Window(new float[5], targets, mask)));
    Naive naive = new Naive(windows, 2, List.of(0.25, 0.5, 0.75));
    Loss.Quantile loss = new Loss.Quantile(List.of(0.25, 0.5, 0.75));
    float[] answers = {-1, 0, 1, 20, 30, 30};

    double last = loss.value(answers, 0, 2);
    assertThat(naive.loss(windows, 4)).isEqualTo(last);
    double both = (loss.value(answers, 0, 1) + loss.value(answers, 3, 40) + last) / 3;
    assertThat(naive.loss(windows, 3)).isCloseTo(both, within(1e-12));
    assertThat(naive.loss(Windows.NONE, 0)).isNaN();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.8 | 0.9 | 1.0 | 10 | true  | 20.0 % better than the last value on later readings, 11.1 % than the version before
          0.8 | NaN | 1.0 | 10 | true  | 20.0 % better than the last value on later readings
          0.8 | NaN | 0.8 | 10 | false | not 1.0 % better than the last value on later readings: loss 0.80000 against 0.80000
          0.8 | 0.8 | 1.0 | 10 | false | not 1.0 % better than the version before on later readings: loss 0.80000 against 0.80000
          0   | NaN | 0   | 10 | false | not 1.0 % better than the last value on later readings: loss 0.0000 against 0.0000
          NaN | 0.9 | 1.0 | 10 | false | its loss on later readings is no number
          0.8 | 0.9 | 1.0 | 0  | false | no later readings to be measured by
          """)
  void theGateSaysWhoMayAnswerAndWhy(
      double candidate, double champion, double naive, long windows, boolean may, String reason) {
    Gate.Score score = new Gate.Score(candidate, champion, naive, windows);
    assertThat(new Gate(0.01).decide(of(1), List.of(score)))
        .isEqualTo(new Gate.Decision(may, reason));
  }

  @Test
  void whoIsWorseOnTheWorstTenthMayNotAnswer() {
    List<Gate.Score> each = new ArrayList<>();
    for (int series = 0; series < 18; series++) {
      each.add(new Gate.Score(0.5, 1, 2, 3));
    }
    each.add(new Gate.Score(2, 1.5, 2, 3));
    each.add(new Gate.Score(2, 1.7, 2, 3));

    assertThat(reason(each))
        .isEqualTo(
            "worse than the version before on the worst tenth of the series: loss 2.0000 against 1.6000");
    assertThat(reason(each.subList(0, 19)))
        .endsWith("tenth of the series: loss 2.0000 against 1.5000");
  }

  @Test
  void whoBeatsAPoorPredecessorOnTheWorstTenthMustBeatWhatCostsNothingThereToo() {
    for (double champion : new double[] {9, Double.NaN}) {
      List<Gate.Score> each = new ArrayList<>(Collections.nCopies(10, new Gate.Score(1, 2, 2, 3)));
      each.set(4, new Gate.Score(2.1, champion, 2, 3));
      if (Double.isNaN(champion)) {
        each.replaceAll(one -> new Gate.Score(one.candidate(), champion, one.naive(), 3));
      }
      assertThat(reason(each))
          .isEqualTo(
              "worse than the last value on the worst tenth of the series: loss 2.1000 against 2.0000");
    }
  }

  @Test
  void ofFewSeriesTheWorstCounts() {
    List<Gate.Score> each = new ArrayList<>(Collections.nCopies(8, new Gate.Score(0.5, 1, 2, 3)));
    each.add(new Gate.Score(2, 1.5, 2, 3));
    assertThat(reason(each))
        .isEqualTo("worse than the version before on the worst series: loss 2.0000 against 1.5000");

    each.set(8, new Gate.Score(1.51, 1.5, 2, 3));
    assertThat(new Gate(0.01).decide(of(1), each).promoted()).isTrue();
    each.add(new Gate.Score(Double.NaN, Double.NaN, Double.NaN, 0));
    assertThat(new Gate(0.01).decide(of(1), each).promoted()).isTrue();
  }

  private static String reason(List<Gate.Score> each) {
    Gate.Decision decision = new Gate(0.01).decide(of(1), each);
    assertThat(decision.promoted()).isFalse();
    return decision.reason();
  }

  @Test
  void weightsThatAreTooLargeMayNotAnswer() {
    assertThat(new Gate(0.01).decide(of(2e5f), List.of(new Gate.Score(0.8, 0.9, 1, 10))).reason())
        .isEqualTo("its largest weight is 2.0000e+05, too large beyond 1000");
  }

  @Test
  void placesWeighAsMuchAsTheirWindows() {
    Gate.Score mean =
        Gate.Score.mean(
            List.of(
                new Gate.Score(1, 2, 3, 30),
                new Gate.Score(2, 4, 7, 10),
                new Gate.Score(Double.NaN, Double.NaN, Double.NaN, 0)));

    assertThat(mean).isEqualTo(new Gate.Score(1.25, 2.5, 4, 40));
  }
}
