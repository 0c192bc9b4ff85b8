package io.sluice.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void aWindowKeepsItsHourWhenTheClocksChange() {
    Calendar calendar =
        calendar("DTSTART;TZID=Europe/Berlin:20260301T040000", "DURATION:PT2H", "RRULE:FREQ=DAILY");
    for (String day : new String[] {"2026-03-28", "2026-03-29", "2026-06-01", "2026-10-25"}) {
      assertThat(covers(calendar, day + "T03:59:59[Europe/Berlin]")).isFalse();
      assertThat(covers(calendar, day + "T04:00:00[Europe/Berlin]")).isTrue();
      assertThat(covers(calendar, day + "T05:59:59[Europe/Berlin]")).isTrue();
      assertThat(covers(calendar, day + "T06:00:00[Europe/Berlin]")).isFalse();
    }
    assertThat(covers(calendar, "2026-02-28T04:30:00[Europe/Berlin]")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FREQ=WEEKLY;BYDAY=SA,SU       | 2026-01-10T12:00Z | true
          FREQ=WEEKLY;BYDAY=SA,SU       | 2026-01-12T12:00Z | false
          FREQ=WEEKLY;INTERVAL=2        | 2026-01-15T12:00Z | true
          FREQ=WEEKLY;INTERVAL=2        | 2026-01-08T12:00Z | false
          FREQ=DAILY;INTERVAL=3         | 2026-01-07T12:00Z | true
          FREQ=DAILY;INTERVAL=3         | 2026-01-08T12:00Z | false
          FREQ=DAILY;COUNT=3            | 2026-01-03T12:00Z | true
          FREQ=DAILY;COUNT=3            | 2026-01-04T12:00Z | false
          FREQ=WEEKLY;COUNT=3;BYDAY=TH,FR | 2026-01-08T12:00Z | true
          FREQ=WEEKLY;COUNT=3;BYDAY=TH,FR | 2026-01-09T12:00Z | false
          FREQ=DAILY;UNTIL=20260105     | 2026-01-05T12:00Z | true
          FREQ=DAILY;UNTIL=20260105     | 2026-01-06T12:00Z | false
          FREQ=DAILY;UNTIL=20260105T105900Z | 2026-01-05T12:00Z | false
          """)
  void comesAgainByItsRule(String rule, String time, boolean covered) {
    Calendar calendar =
        calendar("DTSTART:20260101T110000Z", "DTEND:20260101T130000Z", "RRULE:" + rule.strip());
    assertThat(covers(calendar, time)).isEqualTo(covered);
  }

  @Test
  void aDayIsADayOfTheLocalClockAndLinesMayBeFolded() {
    Calendar calendar = calendar("DTSTART;VALUE=DA", " TE:20260704", "SUMMARY:a holiday");
    assertThat(covers(calendar, "2026-07-03T22:00Z")).isTrue();
    assertThat(covers(calendar, "2026-07-04T21:59Z")).isTrue();
    assertThat(covers(calendar, "2026-07-04T22:00Z")).isFalse();
  }

  @Test
  void theAlarmOfAnEventSaysNothingOfHowLongItLasts() {
    Calendar calendar =
        calendar(
            "DTSTART:20260101T110000Z",
            "DURATION:PT4H",
            "BEGIN:VALARM",
            "TRIGGER:-PT10M",
            "REPEAT:2",
            "DURATION:PT5M",
            "END:VALARM",
            "SUMMARY:an inspection");
    assertThat(covers(calendar, "2026-01-01T14:59Z")).isTrue();
    assertThat(covers(calendar, "2026-01-01T15:00Z")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RRULE:FREQ=MONTHLY        | a rule with FREQ=MONTHLY; supported are DAILY and WEEKLY
          RRULE:FREQ=DAILY;BYHOUR=3 | a rule with "BYHOUR=3"; supported are
          EXDATE:20260102           | an event with EXDATE, which is not supported
          DURATION:soon             | an event at "20260101" that cannot be read
          """)
  void refusesWhatItCannotHonour(String line, String said) {
    assertThatThrownBy(() -> calendar("DTSTART:20260101", line.strip()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  private static Calendar calendar(String... lines) {
    return new CalendarFile(BERLIN)
        .read(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
                + String.join("\r\n", lines)
                + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
  }

  private static boolean covers(Calendar calendar, String time) {
    String zone = time.contains("[") ? time.replaceAll(".*\\[|]", "") : "UTC";
    String local = time.replaceAll("Z?(\\[.*)?$", "");
    return calendar.covers(
        LocalDateTime.parse(local).atZone(ZoneId.of(zone)).toInstant().toEpochMilli());
  }
}
