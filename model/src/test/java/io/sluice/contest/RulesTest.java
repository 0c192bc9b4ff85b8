package io.sluice.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.weights.Edition;
import io.sluice.weights.Examples;
import io.sluice.weights.Release;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Rules RULES = new Rules(true, 0.1, HOUR, DAY);
  private static final Release CANDIDATE = Examples.release(3);

  /** The first round after all that it was learnt from. */
  private static final long FROM = RULES.next(RULES.round(CANDIDATE.provenance().to()));

  @Test
  void aCandidateIsMeasuredOnNothingThatItWasLearntFromAndNotForEver() {
    assertThat(FROM).isGreaterThan(CANDIDATE.provenance().to());
    assertThat(RULES.tries(CANDIDATE, FROM - 1)).isFalse();
    assertThat(RULES.tries(CANDIDATE, FROM)).isTrue();
    assertThat(RULES.tries(CANDIDATE, FROM + DAY.toMillis() - 1)).isTrue();
    assertThat(RULES.tries(CANDIDATE, FROM + DAY.toMillis())).isFalse();
    assertThat(RULES.expired(CANDIDATE, FROM + DAY.toMillis() - 1)).isFalse();
    assertThat(RULES.expired(CANDIDATE, FROM + DAY.toMillis())).isTrue();
  }

  @Test
  void aPromotedVersionIsWatchedForATimeUnlessAPersonPromotedIt() {
    Release promoted = CANDIDATE.promoted(FROM, "2.0 % better");
    assertThat(RULES.watches(promoted, FROM + DAY.toMillis() - 1)).isTrue();
    assertThat(RULES.watches(promoted, FROM + DAY.toMillis())).isFalse();
    assertThat(RULES.watches(CANDIDATE.promoted(FROM, Edition.BY_HAND), FROM)).isFalse();
    assertThat(RULES.tries(promoted, FROM)).isFalse();
    assertThat(RULES.expired(promoted, FROM + DAY.toMillis())).isFalse();
  }

  @Test
  void aRoundIsOverWhenAllItsSeriesHaveHadAnotherToBeHeard() {
    long round = RULES.round(FROM + 12_345);
    assertThat(round).isEqualTo(FROM);
    assertThat(RULES.round(-1)).isEqualTo(-HOUR.toMillis());
    assertThat(RULES.over(round)).isEqualTo(FROM + 2 * HOUR.toMillis());
    assertThat(RULES.lastOver(RULES.over(round))).isEqualTo(round);
    assertThat(RULES.lastOver(RULES.over(round) - 1)).isLessThan(round);
  }

  @Test
  void candidatesThatNobodyMeasuresAreAMistake() {
    assertThatThrownBy(() -> new Rules(true, 0, HOUR, DAY))
        .hasMessage(
            "shadow is 0, and retrain.promote is live: that takes a share of the series above 0");
    assertThatThrownBy(() -> new Rules(false, 1.5, HOUR, DAY))
        .hasMessageContaining("shadow is 1.5");
    assertThatThrownBy(() -> new Rules(false, 0.1, HOUR, Duration.ofMinutes(1)))
        .hasMessageContaining("a watch one round or more");
  }
}
