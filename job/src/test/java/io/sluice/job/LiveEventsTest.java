package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connectors.Arrival;
import io.sluice.contest.Pair;
import io.sluice.contest.Rules;
import io.sluice.contest.Score;
import io.sluice.settings.Settings;
import io.sluice.weights.Edition;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Both operators that measure a model beside another, told straight and dying in between. */
class LiveEventsTest {
  private static final String MODEL = "model: {context: 8, warmup: 4, horizon: [1, 3]}\n";
  private static final Settings ALL =
      Plant.settings(MODEL + "weights: {shadow: 1, round: 15m}\nretrain: {promote: live}");
  private static final Settings SHARE =
      Plant.settings(MODEL + "weights: {shadow: 0.5, round: 15m}\nretrain: {promote: live}");
  private static final Settings NONE = Plant.settings(MODEL + "weights: {shadow: 0}");

  private static final Release CHAMPION = Plant.release(ALL.plan(), 1, 0, 1);
  private static final Release CANDIDATE = Plant.candidate(ALL.plan(), 2, 2);

  private static Trial story(Settings settings, Release challenger) {
    List<Arrival> readings = Plant.readings(360, 6, 5);
    return Trial.of(settings)
        .gets(CHAMPION)
        .hears(readings.subList(0, 120))
        .gets(challenger)
        .hears(readings.subList(120, 300))
        .reaches(Plant.START + 50 * Plant.MINUTE)
        .hears(readings.subList(300, 360));
  }

  private static List<Score> scores(Settings settings, Release challenger) throws Exception {
    Trial trial = story(settings, challenger);
    trial.straight();
    return trial.scores();
  }

  @Test
  void aCandidateIsMeasuredTheSameHoweverTheOperatorDiesAndChangesNoRow() throws Exception {
    Trial trial = story(ALL, CANDIDATE);
    assertThat(Trial.bits(trial.rows())).isEqualTo(Trial.bits(story(NONE, CANDIDATE).straight()));
    assertThat(trial.scores())
        .hasSizeGreaterThan(6)
        .allMatch(score -> score.pair().equals(new Pair(1, 2)))
        .allMatch(score -> score.forecasts() > 0);
  }

  @Test
  void onlyTheSeriesThatAreDrawnAreMeasured() throws Exception {
    Rules rules = SHARE.groups().contest();
    long drawn =
        IntStream.range(0, 6).filter(i -> rules.drawn("pump-" + i, new Pair(1, 2))).count();
    assertThat(drawn).isBetween(1L, 5L);
    List<Score> scores = scores(SHARE, CANDIDATE);
    long last = scores.stream().mapToLong(Score::round).max().orElseThrow();
    assertThat(scores).filteredOn(score -> score.round() == last).hasSize((int) drawn);
  }

  @Test
  void theVersionBeforeIsMeasuredBesideOneThatWasPromotedAutomatically() throws Exception {
    Release promoted = CANDIDATE.promoted(Plant.START + 25 * Plant.MINUTE, "2.0 % better");
    assertThat(scores(ALL, promoted))
        .isNotEmpty()
        .allMatch(score -> score.pair().equals(new Pair(2, 1)));
  }

  @Test
  void nobodyIsMeasuredBesideWhatAPersonPromotedNorACandidateThatTheGateRefused() throws Exception {
    Release byHand = CANDIDATE.promoted(Plant.START + 25 * Plant.MINUTE, "by hand: I know");
    assertThat(scores(ALL, byHand)).isEmpty();
    Edition bare = CANDIDATE.edition();
    Release refused =
        new Release(
            new Edition(bare.model(), 2, State.CANDIDATE, bare.activeFrom(), "worse"),
            CANDIDATE.weights(),
            CANDIDATE.signature(),
            CANDIDATE.provenance());
    assertThat(scores(ALL, refused)).isEmpty();
  }

  /** One round of 15 minutes after the other, two series in each. */
  private static List<Release> decisions(Pair pair, double advantage, Release newer, int every)
      throws Exception {
    List<Release> decided = new ArrayList<>();
    var operator = decider(null);
    operator.processBroadcastElement(new Shipment.Delivered(CHAMPION), 0);
    operator.processBroadcastElement(new Shipment.Delivered(newer), 0);
    Rules rules = ALL.groups().contest();
    long round = rules.round(Plant.START);
    for (int i = 0; i < 40; i++) {
      long billionths = Math.round(advantage * 1e9);
      Score score = new Score("default", pair, round, billionths, 20);
      operator.processElement(score, 0);
      operator.processElement(score, 0);
      round = rules.next(round);
      operator.processWatermark(round);
      decided.addAll(operator.extractOutputValues());
      operator.getOutput().clear();
      if (i % every == every - 1) {
        OperatorSubtaskState state = operator.snapshot(i, i);
        operator.close();
        operator = decider(state);
      }
    }
    operator.close();
    return decided;
  }

  private static KeyedBroadcastOperatorTestHarness<String, Score, Shipment, Release> decider(
      OperatorSubtaskState state) throws Exception {
    return decider(ALL.groups().contest(), state);
  }

  private static KeyedBroadcastOperatorTestHarness<String, Score, Shipment, Release> decider(
      Rules rules, OperatorSubtaskState state) throws Exception {
    var operator =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new DecisionFunction(ALL.plan(), rules), List.of(Shelf.RELEASES)),
            Score::model,
            Types.STRING,
            1,
            1,
            0);
    operator.setup(ReleaseSerializer.INSTANCE);
    if (state != null) {
      operator.initializeState(state);
    }
    operator.open();
    operator.processBroadcastWatermark(Long.MAX_VALUE);
    return operator;
  }

  @Test
  void aDecisionIsTakenOnceAndTheSameHoweverTheOperatorDies() throws Exception {
    List<Release> straight = decisions(new Pair(1, 2), 0.03, CANDIDATE, 1000);
    assertThat(straight).hasSize(1);
    Edition edition = straight.get(0).edition();
    assertThat(edition.state()).isEqualTo(State.PROMOTED);
    assertThat(edition.reason()).startsWith("live: loss 5.8 % lower than version 1's on 2 series");
    long ahead = edition.activeFrom() - Plant.START;
    assertThat(ahead).isBetween(12 * 15 * Plant.MINUTE, 40 * 15 * Plant.MINUTE);
    assertThat(decisions(new Pair(1, 2), 0.03, CANDIDATE, 1)).isEqualTo(straight);
    assertThat(decisions(new Pair(1, 2), 0.03, CANDIDATE, 7)).isEqualTo(straight);
  }

  @Test
  void whatLosesIsTurnedDownOrRolledBack() throws Exception {
    assertThat(decisions(new Pair(1, 2), -0.03, CANDIDATE, 3))
        .singleElement()
        .extracting(release -> release.edition().state())
        .isEqualTo(State.ROLLED_BACK);
    Release promoted = CANDIDATE.promoted(Plant.START, "2.0 % better");
    assertThat(decisions(new Pair(2, 1), 0.5, promoted, 3))
        .singleElement()
        .satisfies(back -> assertThat(back.edition().state()).isEqualTo(State.ROLLED_BACK))
        .satisfies(back -> assertThat(back.version()).isEqualTo(2));
    assertThat(decisions(new Pair(2, 1), -0.5, promoted, 3)).isEmpty();
    assertThat(decisions(new Pair(2, 1), 0.5, CANDIDATE.promoted(Plant.START, "by hand"), 3))
        .isEmpty();
  }

  @Test
  void scoresThatComeBeforeTheReleaseTheyAreAboutWaitForIt() throws Exception {
    var operator = decider(null);
    Rules rules = ALL.groups().contest();
    long round = rules.round(Plant.START);
    for (int i = 0; i < 40; i++, round = rules.next(round)) {
      if (i == 30) {
        assertThat(operator.extractOutputValues()).isEmpty();
        operator.processBroadcastElement(new Shipment.Delivered(CANDIDATE), 0);
      }
      operator.processElement(new Score("default", new Pair(1, 2), round, 30_000_000, 20), 0);
      operator.processWatermark(round);
    }
    assertThat(operator.extractOutputValues())
        .extracting(release -> release.edition().state())
        .containsExactly(State.PROMOTED);
    operator.close();
  }

  @Test
  void aCandidateThatIsNoBetterWhenItsTimeIsOverIsTurnedDownAndTheReasonTellsIt() throws Exception {
    Rules rules = new Rules(true, 1, Duration.ofMinutes(15), Duration.ofHours(5));
    var operator = decider(rules, null);
    Provenance origin = new Provenance(0, Plant.START, 1, "a test", 0, Map.of(), 0);
    Release candidate =
        new Release(CANDIDATE.edition(), CANDIDATE.weights(), CANDIDATE.signature(), origin);
    operator.processBroadcastElement(new Shipment.Delivered(candidate), 0);
    // each round is told of by the next, while that is measured still
    long round = rules.next(rules.round(Plant.START));
    while (rules.tries(candidate, rules.next(round))) {
      operator.processElement(new Score("default", new Pair(1, 2), round, 0, 20), 0);
      operator.processWatermark(round);
      assertThat(operator.extractOutputValues()).isEmpty();
      round = rules.next(round);
    }
    operator.processWatermark(Plant.START + Duration.ofDays(1).toMillis());
    assertThat(operator.extractOutputValues())
        .singleElement()
        .satisfies(down -> assertThat(down.edition().state()).isEqualTo(State.ROLLED_BACK))
        .extracting(down -> down.edition().reason())
        .asString()
        .startsWith("live, undecided: loss 0.0 % higher than version 1's on 1 series");
    operator.close();
  }
}
