package io.sluice.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.settings.Settings;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private static final byte[] NOTHING = {};
  private static final Settings SETTINGS =
      Settings.parse(
          """
          kafka: {bootstrap: "localhost:1"}
          readings: {values: {celsius: celsius}}
          weights: {groups: {"a-.*": apples}}
          retrain: {every: 1s}
          """);
  private static final Syllabus SYLLABUS =
      new Syllabus(SETTINGS.plan(), SETTINGS.retrain(), SETTINGS.groups());

  private static Order of(long cut, String model) {
    return new Order(cut, model);
  }

  @Test
  void roundsAreHeldByCutTheGeneralModelFirstOnceTheirCutHasBeenPassed() {
    Agenda agenda = new Agenda(SYLLABUS);
    agenda.order(of(2000, "apples"));
    agenda.order(of(2000, "default"));
    agenda.order(of(1000, "apples"));
    assertThat(agenda.next()).isEmpty();

    agenda.reach(2500);
    assertThat(agenda.closed()).isEqualTo(2000);
    assertThat(agenda.next()).contains(of(1000, "apples"));
    agenda.done(of(1000, "apples"), NOTHING);
    assertThat(agenda.next()).contains(of(2000, "default"));
    agenda.done(of(2000, "default"), NOTHING);
    assertThat(agenda.next()).contains(of(2000, "apples"));

    agenda.order(of(1000, "apples"));
    agenda.done(of(2000, "apples"), NOTHING);
    assertThat(agenda.next()).isEmpty();
  }

  @Test
  void historyIsNeededFromTheFirstCutThatIsNotLearntFrom() {
    Agenda agenda = new Agenda(SYLLABUS);
    assertThat(agenda.needed()).isEqualTo(Long.MIN_VALUE);
    agenda.order(of(1500, "default"));
    agenda.reach(1500);
    assertThat(agenda.needed()).isEqualTo(1500);
    agenda.done(of(1500, "default"), NOTHING);
    assertThat(agenda.needed()).isEqualTo(2000);

    agenda.order(of(Long.MAX_VALUE, "default"));
    agenda.reach(Long.MAX_VALUE);
    agenda.done(of(Long.MAX_VALUE, "default"), NOTHING);
    assertThat(agenda.needed()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void readingsWaitWhereMoreThanTwoCutsDo() {
    Agenda agenda = new Agenda(SYLLABUS);
    for (int cut = 1; cut <= 3; cut++) {
      agenda.order(of(cut, "default"));
      agenda.order(of(cut, "apples"));
    }
    agenda.reach(2);
    assertThat(agenda.due()).isEqualTo(2);
    assertThat(agenda.behind()).isFalse();
    agenda.reach(3);
    assertThat(agenda.behind()).isTrue();
  }

  @Test
  void whoWasBehindTakesOverTheRoundThatAnotherHadEnded() throws IOException {
    Agenda ahead = new Agenda(SYLLABUS);
    Agenda behind = new Agenda(SYLLABUS);
    for (Agenda agenda : new Agenda[] {ahead, behind}) {
      agenda.order(of(1000, "default"));
      agenda.order(of(1000, "apples"));
      agenda.reach(1000);
    }
    ahead.done(of(1000, "default"), NOTHING);
    ahead.order(new Order(2000, "default", true));

    Agenda restored = new Agenda(SYLLABUS);
    restored.join(behind.bytes());
    restored.join(ahead.bytes());
    restored.closed(1000);

    assertThat(restored.next()).contains(of(1000, "apples"));
    restored.done(of(1000, "apples"), NOTHING);
    restored.reach(2000);
    assertThat(restored.next()).contains(new Order(2000, "default", true));
    ahead.done(of(1000, "apples"), NOTHING);
    assertThat(restored.line("default").done()).isEqualTo(1000);
    assertThat(restored.bytes()).isEqualTo(ahead.bytes());
  }

  @Test
  void inLayoutOneNoOrderWasFresh() throws IOException {
    // one order, cut 1000, model "default"; no lines
    String bytes = "01" + "00000001" + "00000000000003e8" + "0007" + "64656661756c74" + "00000000";
    Agenda agenda = new Agenda(SYLLABUS);
    agenda.join(HexFormat.of().parseHex(bytes));
    agenda.reach(1000);
    assertThat(agenda.next()).contains(of(1000, "default"));
  }

  @Test
  void refusesALayoutThatIsStillToCome() {
    assertThatThrownBy(() -> new Agenda(SYLLABUS).join(new byte[] {9}))
        .isInstanceOf(IOException.class)
        .hasMessage("an agenda in layout 9; this program reads layouts 1 to 2");
  }
}
