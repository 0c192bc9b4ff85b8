package io.sluice.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static long at(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private static double hour(LocalClock clock, String instant) {
    return 24 * Cycle.DAY.phase(clock.local(at(instant)));
  }

  @Test
  void localNoonIsNoonOnBothSidesOfEachChangeOfTheClock() {
    LocalClock clock = new LocalClock(BERLIN);
    assertThat(hour(clock, "2024-03-30T11:00:00Z")).isEqualTo(12);
    assertThat(hour(clock, "2024-03-31T10:00:00Z")).isEqualTo(12);
    assertThat(hour(clock, "2024-10-26T10:00:00Z")).isEqualTo(12);
    assertThat(hour(clock, "2024-10-27T11:00:00Z")).isEqualTo(12);
  }

  @Test
  void theClockJumpsInSpringAndRepeatsAnHourInAutumn() {
    LocalClock clock = new LocalClock(BERLIN);
    assertThat(hour(clock, "2024-03-31T00:59:59.999Z")).isEqualTo(2, within(1e-6));
    assertThat(hour(clock, "2024-03-31T01:00:00Z")).isEqualTo(3);
    assertThat(hour(clock, "2024-10-27T00:30:00Z")).isEqualTo(2.5);
    assertThat(hour(clock, "2024-10-27T01:30:00Z")).isEqualTo(2.5);
  }

  @Test
  void theClockAgreesWithTheLibraryAtAnyTimeAskedInAnyOrder() {
    Random random = new Random(4);
    for (String zone :
        new String[] {"Europe/Berlin", "America/New_York", "UTC", "Asia/Kathmandu"}) {
      LocalClock clock = new LocalClock(ZoneId.of(zone));
      for (int i = 0; i < 2000; i++) {
        long time = Math.floorMod(random.nextLong(), 4_000_000_000_000L);
        LocalDateTime wall =
            ZonedDateTime.ofInstant(Instant.ofEpochMilli(time), ZoneId.of(zone)).toLocalDateTime();
        assertThat(clock.local(time)).isEqualTo(wall.toInstant(ZoneOffset.UTC).toEpochMilli());
      }
    }
  }

  @Test
  void noonIsNoonInTheZoneOfEachSeriesOnBothSidesOfItsChangeOfTheClock() {
    ForecastPlan plan =
        Plans.plan(
            Duration.ZERO,
            new BySeries<>(
                ZoneId.of("UTC"),
                Map.of(
                    Pattern.compile("berlin-.*"),
                    BERLIN,
                    Pattern.compile("york-.*"),
                    ZoneId.of("America/New_York"))));
    Features features = new Features(plan);
    Memory memory = Memory.fresh(plan);
    float[] x = new float[features.size()];
    for (String noon :
        List.of(
            "berlin-1 2024-03-30T11:00:00Z",
            "york-1 2024-03-09T17:00:00Z",
            "berlin-1 2024-03-31T10:00:00Z",
            "york-1 2024-03-10T16:00:00Z",
            "fan-1 2024-03-31T12:00:00Z",
            "york-1 2024-11-02T16:00:00Z",
            "berlin-1 2024-11-02T11:00:00Z",
            "york-1 2024-11-03T17:00:00Z")) {
      String[] words = noon.split(" ");
      features.of(words[0]).fill(memory, 0, at(words[1]), x);
      assertThat(x[plan.inputs().indexOf("day:cos")]).as(noon).isEqualTo(-1);
    }
  }

  @Test
  void theWeekBeginsOnMondayAndTheYearInJanuary() {
    assertThat(Cycle.WEEK.phase(at("2024-07-01T00:00:00Z"))).isZero();
    assertThat(Cycle.WEEK.phase(at("2024-07-04T12:00:00Z"))).isEqualTo(0.5);
    assertThat(Cycle.YEAR.phase(at("2024-01-02T00:00:00Z"))).isCloseTo(0, within(2 / 365.0));
    assertThat(Cycle.YEAR.phase(at("1970-01-01T00:00:00Z"))).isZero();
  }

  @Test
  void standInTheOrderThatTheyAreNamedIn() {
    assertThat(Plans.irregular().inputs())
        .containsExactly(
            "flow",
            "flow:change",
            "flow:missing",
            "pressure",
            "pressure:change",
            "pressure:missing",
            "since",
            "day:sin",
            "day:cos",
            "week:sin",
            "week:cos",
            "shift");
    assertThat(Plans.aligned().inputs()).doesNotContain("since");
  }

  @Test
  void tellWhatWasKnownBeforeTheReading() {
    ForecastPlan plan = Plans.irregular();
    Memory memory = Memory.fresh(plan);
    Forecaster forecaster = new Forecaster(plan);
    for (int minute = 0; minute < 40; minute++) {
      Reading reading = Plans.reading(minute, minute % 2, 3);
      forecaster.advance(memory, reading, Model.none(), new Ledger());
    }
    double centre = memory.normaliser().centre(0);
    double scale = memory.normaliser().scale(0);
    Reading reading = Plans.reading(42, 1.25, Double.NaN);
    forecaster.advance(memory, reading, Model.none(), new Ledger());
    float[] x = new float[plan.inputs().size()];
    new Features(plan).of("pump").fill(memory, x);
    assertThat((double) x[0]).isCloseTo((1.25 - centre) / scale, within(1e-4));
    assertThat((double) x[1]).as("strides of 1").isCloseTo(0.25, within(1e-4));
    assertThat(x[2]).isZero();
    assertThat(x[3]).isZero();
    assertThat(x[4]).isZero();
    assertThat(x[5]).isEqualTo(1);
    assertThat((double) x[6]).isCloseTo(Math.log(3), within(0.05));
    ZonedDateTime local = Instant.ofEpochMilli(reading.time()).atZone(BERLIN);
    double day = Duration.between(local.toLocalDate().atStartOfDay(BERLIN), local).toSeconds();
    assertThat((double) x[7]).isCloseTo(Math.sin(2 * Math.PI * day / 86400), within(1e-6));
    assertThat((double) x[8]).isCloseTo(Math.cos(2 * Math.PI * day / 86400), within(1e-6));
  }

  /** The oracle is java.time for the calendar, and for the covariate the arithmetic of 17 and more readings by hand. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2024-03-31T01:00:00Z",
    "Europe/Berlin, 2024-10-27T01:00:00Z",
    "America/New_York, 2024-11-03T06:00:00Z",
    "Australia/Lord_Howe, 2024-10-05T15:30:00Z"
  })
  void reachTheNetworkOnBothSidesOfAChangeOfTheClock(ZoneId zone, Instant change) {
    Echo echo = new Echo(zone);
    assertThat(echo.plan.inputs())
        .endsWith("day:sin", "day:cos", "week:sin", "week:cos", "load")
        .hasSize(9);
    assertThat(zone.getRules().isDaylightSavings(change))
        .isNotEqualTo(zone.getRules().isDaylightSavings(change.minusMillis(1)));
    // sixteen loads of 0 and 1 in turn: their middle is 0, the nearer twelve are 1/3 from it in the
    // mean
    double centre = 0;
    double variance = square(1.943 / 3);
    for (int hour = -16; hour < 30; hour++) {
      Instant time = change.plus(Duration.ofHours(hour));
      double load = hour < 0 ? hour & 1 : hour % 5 * 0.4;
      double[] told = echo.told(time.toEpochMilli(), 20 + hour % 3, load);
      assertCalendar(time.atZone(zone), told);
      if (hour >= 0) {
        assertThat(told[8]).isCloseTo((load - centre) / Math.sqrt(variance), within(1e-4));
        double distance = load - centre;
        centre += distance / (17 + hour);
        variance += (square(distance) - variance) / (17 + hour);
      }
    }
    double last = echo.told(change.plus(Duration.ofHours(30)).toEpochMilli(), 20, Double.NaN)[8];
    assertThat(last)
        .as("of the last one known")
        .isCloseTo((1.6 - centre) / Math.sqrt(variance), within(1e-4));
  }

  private static double square(double number) {
    return number * number;
  }

  private static void assertCalendar(ZonedDateTime local, double[] told) {
    double day = local.toLocalTime().toNanoOfDay() / 86_400e9;
    double week = (local.getDayOfWeek().getValue() - 1 + day) / 7;
    assertThat(told[4]).as("%s", local).isCloseTo(Math.sin(2 * Math.PI * day), within(1e-5));
    assertThat(told[5]).as("%s", local).isCloseTo(Math.cos(2 * Math.PI * day), within(1e-5));
    assertThat(told[6]).as("%s", local).isCloseTo(Math.sin(2 * Math.PI * week), within(1e-5));
    assertThat(told[7]).as("%s", local).isCloseTo(Math.cos(2 * Math.PI * week), within(1e-5));
  }
}
