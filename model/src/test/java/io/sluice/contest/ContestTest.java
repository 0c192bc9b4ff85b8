package io.sluice.contest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.weights.Examples;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContestTest {
  private static final Pair CANDIDATE = new Pair(2, 3);
  private static final Pair PREDECESSOR = new Pair(3, 2);
  private static final long NOW = 1_700_000_000_000L;

  private static Score score(Pair pair, long round, double advantage) {
    return new Score("pumps", pair, round, Math.round(advantage / Score.UNIT), 40);
  }

  private static Contest after(Pair pair, double advantage, int rounds) {
    Contest contest = new Contest(pair);
    for (int round = 0; round < rounds; round++) {
      contest.hear(score(pair, round, advantage));
      contest.hear(score(pair, round, advantage));
    }
    contest.close(rounds);
    return contest;
  }

  private static byte[] bytes(Contest contest) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    contest.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void aBetterCandidateIsPromotedAndTheReasonTellsWhy() {
    Contest contest = after(CANDIDATE, 0.02, 60);
    Release promoted = contest.ruling(Examples.release(3), NOW).orElseThrow();

    assertThat(promoted.edition().state()).isEqualTo(State.PROMOTED);
    assertThat(promoted.edition().activeFrom()).isEqualTo(NOW);
    assertThat(promoted.edition().reason())
        .matches(
            "live: loss 3\\.9 % lower than version 2's on 2 series, [0-9,]+ forecasts in [0-9]+ rounds, e=1[0-9][0-9]");
  }

  @Test
  void aWorseCandidateIsTurnedDown() {
    Release down = after(CANDIDATE, -0.2, 20).ruling(Examples.release(3), NOW).orElseThrow();
    assertThat(down.edition().state()).isEqualTo(State.ROLLED_BACK);
    assertThat(down.edition().reason()).startsWith("live: loss 50.0 % higher than version 2's");
  }

  @Test
  void aPromotedVersionThatLosesAgainstTheOneBeforeIsRolledBack() {
    Release champion = Examples.release(3).promoted(5, "2.0 % better on later readings");
    Release back = after(PREDECESSOR, 0.5, 20).ruling(champion, NOW).orElseThrow();
    assertThat(back.edition().state()).isEqualTo(State.ROLLED_BACK);
    assertThat(back.edition().activeFrom()).isEqualTo(5);
    assertThat(back.edition().reason()).startsWith("live: loss 200.0 % higher than version 2's");
  }

  @Test
  void whatAPersonHasDecidedStands() {
    Contest lost = after(PREDECESSOR, 0.5, 20);
    Release candidate = Examples.release(3);
    assertThat(lost.ruling(candidate.promoted(5, "by hand: I know"), NOW)).isEmpty();
    assertThat(lost.ruling(candidate.promoted(5, "").rolledBack("by hand"), NOW)).isEmpty();
    assertThat(after(CANDIDATE, 0.5, 20).ruling(candidate.promoted(5, "by hand"), NOW)).isEmpty();
  }

  @Test
  void aPromotedVersionThatWinsAndAnOpenContestChangeNothing() {
    Release champion = Examples.release(3).promoted(5, "");
    assertThat(after(PREDECESSOR, -0.5, 20).ruling(champion, NOW)).isEmpty();
    assertThat(after(PREDECESSOR, 0.5, 5).ruling(champion, NOW)).isEmpty();
    assertThat(after(CANDIDATE, 0, 1000).ruling(Examples.release(3), NOW)).isEmpty();
  }

  @Test
  void aCandidateThatIsNoBetterInItsTimeIsTurnedDownUndecided() {
    Contest contest = after(CANDIDATE, 0.001, 20);
    assertThat(contest.giveUp()).isTrue();
    Release down = contest.ruling(Examples.release(3), NOW).orElseThrow();
    assertThat(down.edition().state()).isEqualTo(State.ROLLED_BACK);
    assertThat(down.edition().reason())
        .startsWith("live, undecided: loss 0.2 % lower than version 2's on 2 series, ")
        .endsWith(" in 20 rounds, e=1");

    assertThat(contest.giveUp()).isFalse();
    Contest decided = after(CANDIDATE, 0.5, 20);
    assertThat(decided.giveUp()).isFalse();
    assertThat(decided.ruling(Examples.release(3), NOW).orElseThrow().edition().state())
        .isEqualTo(State.PROMOTED);
  }

  @Test
  void itIsDecidedOnceAndNothingThatComesLaterChangesIt() throws IOException {
    Contest contest = after(CANDIDATE, 0.5, 20);
    byte[] decided = bytes(contest);
    for (int round = 20; round < 60; round++) {
      contest.hear(score(CANDIDATE, round, -1));
      assertThat(contest.close(round)).isFalse();
    }
    assertThat(bytes(contest)).isEqualTo(decided);
  }

  @Test
  void scoresComeInAnyOrderAndLateOnesNotAtAll() throws IOException {
    Random random = new Random(3);
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      scores.add(score(CANDIDATE, i % 8, random.nextGaussian() / 10));
    }
    Contest one = new Contest(CANDIDATE);
    scores.forEach(one::hear);
    one.close(5);
    Collections.shuffle(scores, random);
    Contest other = new Contest(CANDIDATE);
    scores.forEach(other::hear);
    other.close(5);
    assertThat(bytes(other)).isEqualTo(bytes(one));

    other.hear(score(CANDIDATE, 5, 1));
    assertThat(bytes(other)).isEqualTo(bytes(one));
  }

  @Test
  void writtenAndReadBetweenAnyTwoRoundsItComesToTheSame() throws IOException {
    Contest straight = new Contest(CANDIDATE);
    Contest reborn = new Contest(CANDIDATE);
    Random random = new Random(4);
    for (int round = 0; round < 40; round++) {
      Score score = score(CANDIDATE, round, 0.01 + random.nextGaussian() / 50);
      straight.hear(score);
      reborn.hear(score);
      reborn = Contest.read(new DataInputStream(new ByteArrayInputStream(bytes(reborn))));
      assertThat(reborn.close(round - 1)).isEqualTo(straight.close(round - 1));
      assertThat(bytes(reborn)).isEqualTo(bytes(straight));
    }
  }

  @Test
  void aVersionKeepsItsSeriesWhenItIsPromoted() {
    Rules rules = rules(0.1);
    int drawn = 0;
    for (int i = 0; i < 10_000; i++) {
      String series = "pump-" + i;
      assertThat(rules.drawn(series, CANDIDATE)).isEqualTo(rules.drawn(series, PREDECESSOR));
      drawn += rules.drawn(series, CANDIDATE) ? 1 : 0;
    }
    assertThat(drawn).isBetween(900, 1100);
    assertThat(rules(1).drawn("pump", CANDIDATE)).isTrue();
    assertThat(rules(0).drawn("pump", CANDIDATE)).isFalse();
  }

  private static Rules rules(double share) {
    return new Rules(share > 0, share, Duration.ofHours(1), Duration.ofDays(7));
  }
}
