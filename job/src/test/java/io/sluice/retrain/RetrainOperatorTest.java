package io.sluice.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Label;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import io.sluice.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rounds of one subtask, and what it keeps between them. */
class RetrainOperatorTest {
  private static final Settings SETTINGS = settings(0);

  private static final List<Long> CUTS = List.of(120L, 150L, 170L, 199L);

  private static Settings settings(double oddWeight) {
    return Settings.parse(
        """
        kafka: {bootstrap: "localhost:1"}
        readings: {values: {celsius: celsius}}
        alerts: {limits: {celsius: {highest: 100}}}
        model: {horizon: [1], calendar: [], warmup: 8, context: 8, hidden: 4}
        time: {maxGap: 30m, retireAfter: 2h}
        retrain: {history: 200, steps: 16, burnIn: 4, epochs: 2, meetings: 1, oddWeight: %s}
        """
            .formatted(oddWeight));
  }

  private static void hears(Classroom room, String series, int from, int to) throws Exception {
    Random random = new Random(series.hashCode());
    for (int minute = from; minute < to; minute++) {
      double spike = minute % 90 == 80 ? 30 : 0;
      double value = 20 + Math.sin(minute * 0.4) + 0.1 * random.nextGaussian() + spike;
      room.hears(series, minute, value);
    }
  }

  @Test
  void aSeriesThatHasBeenSilentForTooLongIsLearntFromNoMoreAndForgotten() throws Exception {
    Release expected;
    try (Classroom alone = Classroom.fresh(SETTINGS)) {
      hears(alone, "pump", 0, 300);
      expected = alone.orders(299).passes(299).learns();
    }
    try (Classroom room = Classroom.fresh(SETTINGS)) {
      hears(room, "pump", 0, 300);
      hears(room, "fan", 0, 179);
      room.hears("fan", 80, Label.FALSE).hears("nobody", 80, Label.TRUE);
      assertThat(room.series(History.EXTENT)).isEqualTo(2);

      assertThat(room.orders(299).passes(299).learns()).isEqualTo(expected);
      assertThat(room.series(History.EXTENT)).isOne();
      assertThat(room.series(Sayings.NAME)).isZero();
    }
  }

  @Test
  void aSeriesThatComesBackBeginsAnewWhetherItHadBeenForgottenOrNot() throws Exception {
    Release expected;
    try (Classroom room = Classroom.fresh(SETTINGS)) {
      hears(room, "fan", 300, 450);
      expected = room.orders(449).passes(449).learns();
    }
    try (Classroom room = Classroom.fresh(SETTINGS)) {
      hears(room, "fan", 0, 179);
      hears(room, "fan", 300, 450);
      assertThat(room.orders(449).passes(449).learns()).isEqualTo(expected);
    }
  }

  @Test
  void aRoundCountsWhatPeopleHadSaidWhenItsCutWasPassedHoweverOftenItIsHeld() throws Exception {
    try (Classroom unheard = Classroom.fresh(SETTINGS)) {
      hears(unheard, "pump", 0, 200);
      Release silent = unheard.orders(199).passes(199).learns();
      assertThat(said(true)).isNotEqualTo(silent);
      assertThat(said(false)).isEqualTo(silent);
    }
  }

  /** The release of a round that is cut short and held again; what was said in time counts. */
  private static Release said(boolean inTime) throws Exception {
    try (Classroom room = Classroom.fresh(SETTINGS)) {
      hears(room, "pump", 0, 200);
      if (inTime) {
        room.hears("pump", 80, Label.FALSE);
      }
      room.orders(199).passes(199);
      try (Classroom again = room.reborn()) {
        again.hears("pump", 80, inTime ? Label.MAINTENANCE : Label.FALSE);
        return again.learns();
      }
    }
  }

  @Test
  void whatPeopleSayLaterCountsInTheNextRound() throws Exception {
    try (Classroom told = Classroom.fresh(SETTINGS);
        Classroom untold = Classroom.fresh(SETTINGS)) {
      for (Classroom room : new Classroom[] {told, untold}) {
        hears(room, "pump", 0, 200);
        room.orders(150).passes(150).learns();
      }
      told.hears("pump", 80, Label.FALSE);
      assertThat(told.orders(199).passes(199).learns())
          .isNotEqualTo(untold.orders(199).passes(199).learns());
    }
  }

  @Test
  void whatSetOffAnAlertIsLearntFromAsMuchAsIsSetAndNotAtAllAtZero() throws Exception {
    Weights leftOut = learnt(settings(0));
    Weights little = learnt(settings(0.1));
    Weights fully = learnt(settings(1));

    assertThat(little).isNotEqualTo(leftOut).isNotEqualTo(fully);
    assertThat(learnt(settings(1), Label.MAINTENANCE)).isEqualTo(leftOut);
    assertThat(learnt(settings(0), Label.FALSE)).isEqualTo(fully).isNotEqualTo(leftOut);
  }

  @Test
  void whatLiesOutOfRangeIsNeverLearntFrom() throws Exception {
    assertThat(learntWith(500)).isEqualTo(learntWith(900)).isNotEqualTo(learntWith(21));
  }

  /** From readings with two spikes, of which all people say that. */
  private static Weights learnt(Settings settings, Label... labels) throws Exception {
    try (Classroom room = Classroom.fresh(settings)) {
      hears(room, "pump", 0, 200);
      for (Label label : labels) {
        room.hears("pump", 80, label).hears("pump", 170, label);
      }
      return room.orders(199).passes(199).learns().weights();
    }
  }

  private static Weights learntWith(double value) throws Exception {
    try (Classroom room = Classroom.fresh(settings(1))) {
      hears(room, "pump", 0, 100);
      room.hears("pump", 100, value);
      hears(room, "pump", 101, 200);
      return room.orders(199).passes(199).learns().weights();
    }
  }

  @Test
  void roundsThatAreDueTogetherAreHeldAsTheyWereOneByOneWhileReadingsWait() throws Exception {
    List<Release> together = new ArrayList<>();
    try (Classroom room = Classroom.fresh(SETTINGS)) {
      for (int i = 0; i < CUTS.size(); i++) {
        hearsUntil(room, i);
        room.orders(CUTS.get(i));
      }
      assertThat(room.readingsWait()).isFalse();
      room.passes(199);
      assertThat(room.readingsWait()).isTrue();
      for (int round = 0; round < CUTS.size(); round++) {
        together.add(room.learns());
      }
      assertThat(room.readingsWait()).isFalse();
    }
    assertThat(together).isEqualTo(oneByOne()).extracting(Release::version).endsWith(4L);
  }

  private static List<Release> oneByOne() throws Exception {
    List<Release> made = new ArrayList<>();
    try (Classroom room = Classroom.fresh(SETTINGS)) {
      for (int i = 0; i < CUTS.size(); i++) {
        hearsUntil(room, i);
        made.add(room.orders(CUTS.get(i)).passes(CUTS.get(i)).learns());
      }
    }
    return made;
  }

  /** Readings since the cut before. */
  private static void hearsUntil(Classroom room, int cut) throws Exception {
    long from = cut == 0 ? 0 : CUTS.get(cut - 1) + 1;
    hears(room, "pump", (int) from, CUTS.get(cut).intValue() + 1);
  }

  @Test
  void whoDiedBehindSaysSoWhenItIsBornAgain() throws Exception {
    try (Classroom room = Classroom.fresh(SETTINGS)) {
      hears(room, "pump", 0, 200);
      CUTS.forEach(room::orders);
      room.passes(199);
      try (Classroom again = room.reborn()) {
        again.learns();
        assertThat(again.readingsWait()).isTrue();
        again.learns();
        assertThat(again.readingsWait()).isFalse();
      }
    }
  }
}
