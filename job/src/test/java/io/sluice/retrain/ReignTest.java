package io.sluice.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who answers, as a job that has made releases hears from the topic what became of them. */
class ReignTest {
  private static final Settings SETTINGS =
      Settings.parse(
          """
          kafka: {bootstrap: "localhost:1"}
          readings: {values: {celsius: celsius}}
          model: {horizon: [1], calendar: [], warmup: 8, context: 8, hidden: 4}
          retrain: {history: 200, steps: 16, burnIn: 4, epochs: 1, meetings: 1}
          """);
  private static final Syllabus SYLLABUS =
      new Syllabus(SETTINGS.plan(), SETTINGS.retrain(), SETTINGS.groups());
  private static final Harvest NONE =
      new Harvest(0, 0, Long.MAX_VALUE, Long.MIN_VALUE, new double[1], new double[1]);

  @Test
  void whatTheJobPromotedAnswersUntilTheTopicSaysOtherwise() throws Exception {
    try (Classroom room = Classroom.fresh(SETTINGS)) {
      for (int minute = 0; minute < 200; minute++) {
        room.hears("pump", minute, Math.sin(minute * 0.4));
      }
      Release first = promoted(room.orders(150).passes(150).learns());
      Release second = promoted(room.orders(199).passes(199).learns());
      Line line =
          Line.NONE
              .after(new Order(150, "default"), first.bytes())
              .after(new Order(199, "default"), second.bytes());

      assertReigns(second, 3, line, List.of(first));
      assertReigns(second, 3, line, List.of(first, second));
      assertReigns(second.renumbered(4), 5, line, List.of(first, second.renumbered(4)));
      assertReigns(first, 3, line, List.of(first, second.rolledBack("live: worse")));
      List<Release> renumbered = List.of(first, second.renumbered(4).rolledBack("by hand"));
      assertReigns(first, 5, line, renumbered);
    }
  }

  private static Release promoted(Release release) {
    return release.promoted(Classroom.START, "a test");
  }

  private static void assertReigns(
      Release expected, long version, Line line, List<Release> published) {
    Message.Ready ready = new Message.Ready(NONE, line, Line.NONE);
    Reign reign = Reign.of(SYLLABUS, "default", ready, published);
    assertThat(reign.own()).contains(expected);
    assertThat(reign.version()).isEqualTo(version);
  }
}
