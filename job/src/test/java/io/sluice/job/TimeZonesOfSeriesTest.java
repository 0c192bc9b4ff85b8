package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.Row;
import io.sluice.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One job for series of two zones answers each as a job of its zone alone would. */
class TimeZonesOfSeriesTest {
  private static final String BERLIN = "berlin-1";
  private static final String YORK = "york-1";

  private static Settings settings(String zones) {
    return Plant.settings("model: {context: 8, warmup: 4, %s}".formatted(zones));
  }

  /**
   * Readings of both, three days on end, and weights that come in the middle of them, so that memories are formed anew from
   * inputs on both sides of the hour that is left out or comes twice.
   */
  private static Trial trial(Settings settings, String midnight) {
    long begin = (Instant.parse(midnight).toEpochMilli() - Plant.START) / Plant.MINUTE - 24 * 60;
    List<Arrival> readings = new ArrayList<>();
    for (int i = 0; i < 2 * 3 * 24; i++) {
      long minute = begin + 30 * i;
      readings.add(Plant.arrival(BERLIN, minute, 2 * i, 20 + i % 7));
      readings.add(Plant.arrival(YORK, minute, 2 * i + 1, 20 + i % 7));
    }
    return Trial.of(settings)
        .gets(Plant.release(settings.plan(), 1, begin, 1))
        .gets(Plant.release(settings.plan(), 2, begin + 24 * 60 + 180, 2))
        .hears(readings);
  }

  private static List<String> of(String series, List<Row> rows) throws Exception {
    return Trial.bits(rows).get("series " + series);
  }

  @Test
  void eachSeriesGoesByTheClockOfItsOwnZoneAcrossItsDaylightSaving() throws Exception {
    Settings both =
        settings("timezones: {'berlin-.*': Europe/Berlin, 'york-.*': America/New_York}");
    Settings berlin = settings("timezone: Europe/Berlin");
    Settings york = settings("timezone: America/New_York");
    for (String midnight : List.of("2024-03-31T00:00:00Z", "2024-11-03T05:00:00Z")) {
      List<Row> rows = trial(both, midnight).rows();
      List<Row> inBerlin = trial(berlin, midnight).straight();
      List<Row> inYork = trial(york, midnight).straight();
      assertThat(of(BERLIN, rows)).isEqualTo(of(BERLIN, inBerlin)).isNotEqualTo(of(BERLIN, inYork));
      assertThat(of(YORK, rows)).isEqualTo(of(YORK, inYork)).isNotEqualTo(of(YORK, inBerlin));
    }
  }

  /** Each has something to say at half past two in Berlin and again in New York. */
  @Test
  void whatIsKeptQuietAtTwoIsSoWhenTheSeriesOwnClockSaysTwo(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("nights.ics"),
        """
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        DTSTART:20240101T020000
        DURATION:PT1H
        RRULE:FREQ=DAILY
        END:VEVENT
        END:VCALENDAR
        """);
    String yaml =
        """
        kafka: {bootstrap: "localhost:1"}
        readings: {values: {celsius: celsius}}
        model:
          context: 8
          warmup: 4
          timezones: {'berlin-.*': Europe/Berlin, 'york-.*': America/New_York}
        alerts: {calendars: [nights.ics], limits: {celsius: {highest: 90}}}
        """;
    Settings settings = Settings.read(Files.writeString(folder.resolve("sluice.yaml"), yaml));
    Instant inBerlin = Instant.parse("2024-07-15T00:30:00Z");
    Instant inYork = Instant.parse("2024-07-15T06:30:00Z");
    List<Arrival> readings = new ArrayList<>();
    for (int half = 0; half <= 24; half++) {
      Instant time = inBerlin.plusSeconds(half * 1800L);
      double value = time.equals(inBerlin) || time.equals(inYork) ? 100 : 20;
      long minute = (time.toEpochMilli() - Plant.START) / Plant.MINUTE;
      readings.add(Plant.arrival(BERLIN, minute, 2 * half, value));
      readings.add(Plant.arrival(YORK, minute, 2 * half + 1, value));
    }
    List<Row> rows = Trial.of(settings).hears(readings).rows();
    assertThat(reasons(BERLIN, rows)).containsExactly("calendar", "");
    assertThat(reasons(YORK, rows)).containsExactly("", "calendar");
  }

  /** Of what was out of range. */
  private static List<String> reasons(String series, List<Row> rows) {
    return rows.stream()
        .filter(Row.Judged.class::isInstance)
        .map(row -> ((Row.Judged) row).verdict())
        .filter(verdict -> verdict.series().equals(series) && verdict.kind() == Kind.OUT_OF_RANGE)
        .map(Verdict::reason)
        .toList();
  }
}
