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
  void aDayHasAsManyHoursAsTheClocksHave() {
    for (String length : new String[] {"DTEND;VALUE=DATE:20261026", "DURATION:P1D", ""}) {
      Calendar calendar = calendar("DTSTART;VALUE=DATE:20261025", length);
      assertThat(covers(calendar, "2026-10-24T21:59Z")).isFalse();
      assertThat(covers(calendar, "2026-10-24T22:00Z")).isTrue();
      assertThat(covers(calendar, "2026-10-25T22:59Z")).isTrue();
      assertThat(covers(calendar, "2026-10-25T23:00Z")).isFalse();
    }
  }

  @Test
  void whatIsCalledOffIsNoWindow() {
    Calendar calendar =
        calendar(
            "DTSTART;TZID=Europe/Berlin:20260101T110000",
            "DURATION:PT2H",
            "RRULE:FREQ=DAILY;COUNT=6",
            "EXDATE;TZID=Europe/Berlin:20260102T110000,20260103T110000",
            "EXDATE:20260104T100000Z",
            "EXDATE;VALUE=DATE:20260105");
    for (int day = 1; day <= 7; day++) {
      assertThat(covers(calendar, "2026-01-0%dT11:30Z".formatted(day)))
          .as("day %d", day)
          .isEqualTo(day == 1 || day == 6);
    }
    Calendar cancelled = calendar("DTSTART:20260101T110000Z", "DURATION:PT2H", "STATUS:CANCELLED");
    assertThat(cancelled.events()).isEmpty();
  }

  @Test
  void whatCalendarsWriteBesideTheirEventsIsNoMatter() {
    Calendar calendar =
        new CalendarFile(BERLIN)
            .read(
                """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//a calendar//EN
                BEGIN:VTIMEZONE
                TZID:Europe/Berlin
                BEGIN:STANDARD
                DTSTART:19701025T030000
                RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
                END:STANDARD
                END:VTIMEZONE
                BEGIN:VEVENT
                UID:1
                DTSTAMP:20251201T000000Z
                SUMMARY:works
                X-COLOUR;X-HUE=3:blue
                STATUS:CONFIRMED
                DTSTART;TZID="Europe/Berlin":20260101T110000
                DURATION:P1DT2H
                RRULE:FREQ=WEEKLY;WKST=SU
                END:VEVENT
                END:VCALENDAR
                """);
    assertThat(covers(calendar, "2026-01-02T12:59[Europe/Berlin]")).isTrue();
    assertThat(covers(calendar, "2026-01-02T13:00[Europe/Berlin]")).isFalse();
    assertThat(covers(calendar, "2026-01-09T12:59[Europe/Berlin]")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <html>                            | is it an iCalendar file?
          BEGIN:VCALENDAR;BEGIN:VEVENT      | ends before END:VCALENDAR
          BEGIN:VCALENDAR;BEGIN:VFREEBUSY   | a VFREEBUSY in VCALENDAR
          BEGIN:VCALENDAR;END:VEVENT        | END:VEVENT without its BEGIN
          ;                                 | ends before END:VCALENDAR
          """)
  void refusesAFileThatIsNoCalendarOrMoreThanOne(String lines, String said) {
    assertThatThrownBy(() -> new CalendarFile(BERLIN).read(lines.strip().replace(';', '\n')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
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
          RRULE:FREQ=DAILY;INTERVAL=0 | a rule with INTERVAL=0
          RRULE:FREQ=DAILY;COUNT=2;UNTIL=20260105 | a rule with both COUNT and UNTIL
          RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU | weeks begin on MO
          RDATE:20260102            | an event with RDATE, which is not supported
          RECURRENCE-ID:20260102    | an event with RECURRENCE-ID, which is not supported
          STATUS:PERHAPS            | an event with STATUS:PERHAPS; events are
          EXDATE;VALUE=PERIOD:20260102 | an event whose EXDATE has VALUE=PERIOD
          DTSTART:20260103          | an event with two lines of DTSTART
          DTEND;TZID=Mars/Olympus:20260103T000000 | cannot be read: Unknown time-zone ID: Mars/Olympus
          DTEND:20251231            | an event that ends before it begins
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
