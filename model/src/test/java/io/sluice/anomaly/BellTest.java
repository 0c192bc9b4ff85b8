package io.sluice.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BellTest {
  private static final long MINUTE = 60_000;
  private static final String NIGHT =
      """
      BEGIN:VCALENDAR
      BEGIN:VEVENT
      DTSTART:20260101T020000Z
      DURATION:PT1H
      RRULE:FREQ=DAILY
      END:VEVENT
      END:VCALENDAR
      """;

  private final Suspicion suspicion = new Suspicion(1, 8);
  private final Vigil vigil = new Vigil();
  private Alerts alerts = alerts(Limits.NONE, "", Duration.ofMinutes(30));
  private int minute;

  @Test
  void tellsAnEpisodeOnceAndThenWhatBecameOfIt() {
    Notice first = ring(Kind.SPIKE, 9, 0.5, 20);
    Notice second = ring(Kind.SPIKE, 5, 0.9, 20);
    Notice calm = ring(Kind.NORMAL, 0, 0.1, 20);

    assertThat(first.alert()).isTrue();
    assertThat(first.episode()).isEqualTo(new Episode("pump@60000", MINUTE, MINUTE, 0.5, MINUTE));
    assertThat(second.alert()).isFalse();
    assertThat(second.reason()).isEqualTo("episode");
    assertThat(second.episode())
        .isEqualTo(new Episode("pump@60000", MINUTE, 2 * MINUTE, 0.9, 2 * MINUTE));
    assertThat(calm.reason()).isEmpty();
    assertThat(calm.episode()).isEqualTo(second.episode());
  }

  @Test
  void endsAnEpisodeAfterSomeCalmAndThenCoolsDown() {
    ring(Kind.SPIKE, 9, 0.5, 20);
    for (int i = 0; i < 7; i++) {
      assertThat(ring(Kind.NORMAL, 0, 0, 20).episode()).isNotEqualTo(Episode.NONE);
    }
    assertThat(ring(Kind.NORMAL, 0, 0, 20).episode()).isEqualTo(Episode.NONE);
    assertThat(ring(Kind.SPIKE, 9, 0.5, 20).reason()).isEqualTo("cool-down");
    minute += 30;
    assertThat(ring(Kind.SPIKE, 9, 0.5, 20).alert()).isTrue();
  }

  @Test
  void givesTheReasonForEveryAlertThatThereIsNot() {
    assertThat(ring(Kind.SPIKE, 4, 0.5, 20).reason()).isEqualTo("budget");
    alerts = alerts(new Limits(Limits.Direction.DOWN, 0, 0, 0, 1000), "", Duration.ZERO);
    assertThat(ring(Kind.SPIKE, 9, 0.5, 20).reason()).isEqualTo("direction");
    alerts = alerts(new Limits(Limits.Direction.BOTH, 11, 0, 0, 1000), "", Duration.ZERO);
    assertThat(ring(Kind.SPIKE, 9, 0.5, 20).reason()).isEqualTo("deviation");
    alerts = alerts(new Limits(Limits.Direction.BOTH, 0, 1.5, 0, 1000), "", Duration.ZERO);
    assertThat(ring(Kind.SPIKE, 9, 0.5, 20).reason()).isEqualTo("deviation");
    alerts = alerts(Limits.NONE, NIGHT, Duration.ZERO);
    minute = 150;
    assertThat(ring(Kind.SPIKE, 9, 0.5, 20).reason()).isEqualTo("calendar");
    assertThat(ring(Kind.SPIKE, 9, 0.5, 20).alert()).isFalse();
    minute = 190;
    assertThat(ring(Kind.SPIKE, 9, 0.5, 20).alert()).isTrue();
  }

  @Test
  void aSurpriseWithoutANameAlertsNobodyAndSaysWhy() {
    assertThat(wonder(2.9).reason()).isEmpty();
    assertThat(wonder(9))
        .extracting(Notice::alert, Notice::reason)
        .containsExactly(false, "budget");
    ring(Kind.SPIKE, 9, 0.5, 20);
    assertThat(wonder(9).reason()).isEqualTo("episode");
  }

  private Notice wonder(double evidence) {
    minute++;
    suspicion.clear();
    suspicion.wonder(evidence);
    Bell bell = new Bell(alerts, series -> ZoneOffset.UTC);
    assertThat(bell.cares(vigil, suspicion)).isEqualTo(evidence >= 3);
    return bell.ring(
        vigil, suspicion, new Occasion("pump", minute * MINUTE, 0.7, 500, MINUTE), 20, 10);
  }

  @Test
  void aShareOfTheThresholdKeepsAnEpisodeGoing() {
    double bar = alerts.budget().bar(MINUTE);
    ring(Kind.SPIKE, bar + 1, 0.5, 20);
    for (int i = 0; i < 20; i++) {
      assertThat(ring(Kind.SPIKE, 0.7 * bar, 0.5, 20).episode().end()).isEqualTo(minute * MINUTE);
    }
    long last = minute;
    for (int i = 0; i < 7; i++) {
      assertThat(ring(Kind.NORMAL, 0.5 * bar, 0, 20).episode().end()).isEqualTo(last * MINUTE);
    }
    assertThat(ring(Kind.NORMAL, 0.5 * bar, 0, 20).episode()).isEqualTo(Episode.NONE);
  }

  @Test
  void waitsUntilTheSeriesIsKnownButNotWithWhatIsCertain() {
    suspicion.clear();
    suspicion.keep(Kind.SPIKE, 9, 1);
    Occasion early = new Occasion("pump", 0, 0.5, 3, MINUTE);
    assertThat(
            new Bell(alerts, series -> ZoneOffset.UTC)
                .ring(vigil, suspicion, early, 20, 10)
                .reason())
        .isEqualTo("warming");
    suspicion.certain(Kind.OUT_OF_RANGE);
    assertThat(
            new Bell(alerts, series -> ZoneOffset.UTC)
                .ring(vigil, suspicion, early, 20, 10)
                .alert())
        .isTrue();
  }

  @Test
  void whatIsSaidOfOneEpisodeCountsOnceAndTheLastWordStands() {
    ring(Kind.SPIKE, 9, 0.5, 20);
    for (int i = 0; i < 10; i++) {
      vigil.hear(Label.FALSE, minute * MINUTE);
    }
    assertThat(vigil.shift(minute * MINUTE)).isEqualTo(1);
    vigil.hear(Label.TRUE, minute * MINUTE);
    assertThat(vigil.shift(minute * MINUTE)).isEqualTo(-0.25);
  }

  @Test
  void manyFalseAlarmsRaiseTheBarWithinBoundsAndItComesDownAgain() {
    long month = 30 * 24 * 60 * MINUTE;
    for (int i = 1; i <= 20; i++) {
      vigil.hear(Label.FALSE, i * MINUTE);
    }
    long last = 20 * MINUTE;
    assertThat(vigil.shift(last)).isBetween(2.9, 3.0);
    assertThat(vigil.shift(last + month)).isCloseTo(vigil.shift(last) / 2, within(1e-9));
    vigil.hear(Label.TRUE, last + 60 * MINUTE);
    vigil.hear(Label.TRUE, last + 120 * MINUTE);
    assertThat(vigil.shift(last + 120 * MINUTE)).isBetween(0.7, 0.75);
    for (int i = 1; i <= 20; i++) {
      vigil.hear(Label.TRUE, last + month + i * MINUTE);
    }
    assertThat(vigil.shift(last + month + 20 * MINUTE)).isEqualTo(-1);
  }

  @Test
  void whatIsCertainAlertsThoughNobodyKnowsHowOftenTheSeriesSpeaks() {
    suspicion.clear();
    suspicion.certain(Kind.OUT_OF_RANGE);
    Occasion first = new Occasion("pump", 0, 1, 0, 0);
    assertThat(
            new Bell(alerts, series -> ZoneOffset.UTC)
                .ring(vigil, suspicion, first, 20, Double.NaN)
                .alert())
        .isTrue();
  }

  @Test
  void sharesTheBudgetAmongTheReadingsOfTheFleet() {
    Budget budget = new Budget(5, Duration.ofHours(1), 1000);
    assertThat(Math.pow(10, -budget.bar(MINUTE)) * 60 * 1000).isCloseTo(5, within(1e-9));
  }

  private Notice ring(Kind kind, double evidence, double surprise, double value) {
    minute++;
    suspicion.clear();
    suspicion.keep(kind, evidence, value > 10 ? 1 : -1);
    Occasion occasion = new Occasion("pump", minute * MINUTE, surprise, 500, MINUTE);
    return new Bell(alerts, series -> ZoneOffset.UTC).ring(vigil, suspicion, occasion, value, 10);
  }

  private static Alerts alerts(Limits limits, String calendar, Duration cooldown) {
    return new Alerts(
        List.of(limits),
        calendar.isEmpty()
            ? Map.of()
            : Map.of(
                ZoneOffset.UTC,
                new CalendarFile(ZoneOffset.UTC).read(calendar.replace("2026", "1970"))),
        Budget.DEFAULT,
        64,
        8,
        0.6,
        cooldown);
  }
}
