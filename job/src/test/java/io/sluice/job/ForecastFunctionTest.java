package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Label;
import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Status;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;

/** Each story below is told straight and to operators that die: {@code Trial} sees to that. */
class ForecastFunctionTest {
  private static final Settings SETTINGS =
      Plant.settings("model: {context: 8, warmup: 4}\ntime: {retireAfter: 2h, maxGap: 30m}");

  @Test
  void everyReadingEndsAsAForecastOrIsAccountedFor() throws Exception {
    List<Row> rows = Trial.of(SETTINGS).hears(Plant.readings(120, 3, 1)).rows();

    assertThat(forecasts(rows)).hasSizeGreaterThan(80);
    assertThat(rows).hasAtLeastOneElementOfType(Row.Late.class);
    assertThat(rows).hasAtLeastOneElementOfType(Row.DeadLetter.class);
    assertThat(verdicts(rows)).extracting(Verdict::kind).contains(Kind.SKEW, Kind.NORMAL);
  }

  @Test
  void aSeriesThatHasOnlyMissingValuesIsNotForecastUntilOneHasCome() throws Exception {
    List<Arrival> told = new ArrayList<>();
    for (int minute = 0; minute < 20; minute++) {
      told.add(Plant.arrival("pump", minute, minute < 10 ? Double.NaN : 20 + minute % 3));
    }
    List<Row> rows =
        Trial.of(SETTINGS).gets(Plant.release(SETTINGS.plan(), 1, 5, 1)).hears(told).rows();

    List<double[]> said = forecasts(rows).stream().map(Forecast::quantiles).toList();
    assertThat(said.subList(0, 10))
        .allSatisfy(quantiles -> assertThat(quantiles).containsOnly(Double.NaN));
    assertThat(said.subList(10, 20))
        .allSatisfy(quantiles -> assertThat(quantiles).doesNotContain(Double.NaN));
    assertThat(verdicts(rows)).extracting(Verdict::kind).containsOnly(Kind.NORMAL);
  }

  @Test
  void whatAPersonSaysMovesTheThresholdOfThatSeriesAtOnce() throws Exception {
    Random random = new Random(3);
    List<Arrival> told = new ArrayList<>();
    for (int minute = 0; minute < 125; minute++) {
      double value = 20 + random.nextGaussian() + (minute == 100 ? 40 : minute == 120 ? 200 : 0);
      told.add(Plant.arrival("fan", minute, value));
      told.add(Plant.arrival("pump", minute, value));
      if (minute > 100 && minute < 105) {
        told.add(Plant.says("pump", minute, Label.FALSE));
      }
    }
    told.add(Plant.says("nobody", 7, Label.TRUE));
    List<Row> rows = Trial.of(SETTINGS).hears(told).rows();

    assertThat(verdicts(rows))
        .filteredOn(Verdict::alert)
        .extracting(verdict -> verdict.series() + (verdict.time() - Plant.START) / Plant.MINUTE)
        .contains("fan100", "pump100", "fan120")
        .doesNotContain("pump120");
    assertThat(verdicts(rows))
        .filteredOn(verdict -> verdict.time() == Plant.START + 120 * Plant.MINUTE)
        .extracting(Verdict::reason)
        .containsExactlyInAnyOrder("", "budget");
    assertThat(rows)
        .filteredOn(Row.DeadLetter.class::isInstance)
        .extracting(row -> ((Row.DeadLetter) row).reason())
        .containsExactly("feedback on \"nobody\", a series not heard of");
  }

  @Test
  void theNewestVersionActiveByTheReadingsTimeAnswers() throws Exception {
    List<Row> rows =
        Trial.of(SETTINGS)
            .gets(Plant.release(SETTINGS.plan(), 1, 0, 1))
            .gets(Plant.release(SETTINGS.plan(), 2, 20, 2))
            .gets(Plant.candidate(SETTINGS.plan(), 3, 3))
            .hears(minutes("pump", 10, 30))
            .rows();

    assertThat(forecasts(rows))
        .filteredOn(forecast -> forecast.status() == Status.LIVE)
        .isNotEmpty()
        .allSatisfy(
            forecast ->
                assertThat(forecast.version())
                    .isEqualTo(forecast.time() < Plant.START + 20 * Plant.MINUTE ? 1 : 2));
  }

  @Test
  void weightsMayComeInAnyOrderAndMoreThanOnce() throws Exception {
    Release first = Plant.release(SETTINGS.plan(), 1, 0, 1);
    Release second = Plant.release(SETTINGS.plan(), 2, 10, 2);
    Release withdrawn = second.rolledBack("worse");
    var readings = minutes("pump", 0, 30);

    var inOrder =
        Trial.of(SETTINGS).gets(first).gets(second).gets(withdrawn).hears(readings).rows();
    var shuffled =
        Trial.of(SETTINGS).gets(withdrawn).gets(second).gets(first).gets(second).hears(readings);

    assertThat(Trial.bits(shuffled.rows())).isEqualTo(Trial.bits(inOrder));
    assertThat(forecasts(inOrder)).extracting(Forecast::version).containsOnly(0L, 1L);
  }

  @Test
  void identicalWeightsChangeNothingButTheVersion() throws Exception {
    Release first = Plant.release(SETTINGS.plan(), 1, 0, 1);
    Release same = Plant.release(SETTINGS.plan(), 2, 20, 1);
    var readings = minutes("pump", 0, 30);

    List<Row> swapped = Trial.of(SETTINGS).gets(first).gets(same).hears(readings).rows();
    List<Row> straight = Trial.of(SETTINGS).gets(first).hears(readings).rows();

    assertThat(Trial.bits(unversioned(swapped))).isEqualTo(Trial.bits(unversioned(straight)));
    assertThat(forecasts(swapped)).extracting(Forecast::version).contains(1L, 2L);
  }

  private static List<Row> unversioned(List<Row> rows) {
    return rows.stream().map(ForecastFunctionTest::unversioned).toList();
  }

  private static Row unversioned(Row row) {
    if (!(row instanceof Row.Forecasted forecasted)) {
      return row;
    }
    Forecast f = forecasted.forecast();
    return new Row.Forecasted(
        new Forecast(
            f.series(),
            f.time(),
            f.model(),
            Math.min(f.version(), 1),
            f.status(),
            f.imputed(),
            f.at(),
            f.quantiles(),
            f.coverage()));
  }

  @Test
  void otherWeightsGiveWhatAnOfflineReplayGives() throws Exception {
    Release first = Plant.release(SETTINGS.plan(), 1, 0, 1);
    Release other = Plant.release(SETTINGS.plan(), 2, 20, 2);
    var readings = minutes("pump", 0, 30);

    List<Row> rows = Trial.of(SETTINGS).gets(first).gets(other).hears(readings).rows();

    List<Row> offline = new ArrayList<>();
    Forecaster forecaster = new Forecaster(SETTINGS.plan());
    Memory memory = Memory.fresh(SETTINGS.plan());
    Model[] models = {Model.of(first, SETTINGS.plan()), Model.of(other, SETTINGS.plan())};
    for (int minute = 0; minute < readings.size(); minute++) {
      var reading = ((Arrival.Decoded) readings.get(minute)).reading();
      forecaster.advance(memory, reading, models[minute < 20 ? 0 : 1], new Replay(offline));
    }
    assertThat(Trial.bits(rows)).isEqualTo(Trial.bits(offline));
  }

  @Test
  void aRefusalIsToldOnce() throws Exception {
    Original record =
        new Original("weights", 0, 5, 0, Optional.empty(), Optional.empty(), List.of());
    List<Row> rows =
        Trial.of(SETTINGS)
            .gets(new Shipment.Refused(new Row.DeadLetter("not finite", record)))
            .rows();

    assertThat(rows)
        .singleElement()
        .isInstanceOfSatisfying(
            Row.DeadLetter.class, letter -> assertThat(letter.reason()).isEqualTo("not finite"));
  }

  @Test
  void silenceIsTheLastWordOnASeriesAndItsMemoryGoes() throws Exception {
    List<Row> rows =
        Trial.of(SETTINGS)
            .hears(minutes("pump", 0, 10))
            .reaches(Plant.START + 300 * Plant.MINUTE)
            .hears(Plant.arrival("pump", 310, 20))
            .rows();

    assertThat(verdicts(rows))
        .filteredOn(verdict -> verdict.kind() == Kind.SILENT)
        .singleElement()
        .satisfies(
            verdict ->
                assertThat(verdict.time()).isEqualTo(Plant.START + (9 + 120) * Plant.MINUTE));
    try (Subtasks subtasks = Subtasks.fresh(SETTINGS, HashMapStateBackend::new, 1)) {
      for (Arrival arrival : minutes("pump", 0, 10)) {
        subtasks.hear(arrival);
      }
      assertThat(subtasks.remembered()).isOne();
      subtasks.watermark(Plant.START + 300 * Plant.MINUTE);
      assertThat(subtasks.remembered()).isZero();
    }
  }

  @Test
  void aSeriesThatReturnsAfterItsTimeIsANewOneWhateverTheWatermarkSays() throws Exception {
    var before = minutes("pump", 0, 10);
    var after = minutes("pump", 300, 310);

    List<Row> unnoticed = Trial.of(SETTINGS).hears(before).hears(after).rows();
    List<Row> noticed =
        Trial.of(SETTINGS)
            .hears(before)
            .reaches(Plant.START + 290 * Plant.MINUTE)
            .hears(after)
            .rows();

    assertThat(Trial.bits(unnoticed)).isEqualTo(Trial.bits(noticed));
    assertThat(verdicts(unnoticed)).extracting(Verdict::kind).contains(Kind.SILENT);
  }

  @Test
  void heldBackReadingsAreSteppedInTheOrderOfTime() throws Exception {
    Settings ordered = Plant.settings("time: {order: event-time, lateness: 5m}");
    List<Arrival> inOrder = minutes("pump", 0, 20);
    List<Arrival> shuffled = new ArrayList<>(inOrder);
    for (int i = 0; i + 3 < shuffled.size(); i += 4) {
      shuffled.add(i, shuffled.remove(i + 3));
    }
    long end = Plant.START + 100 * Plant.MINUTE;

    List<Row> rows = Trial.of(ordered).hears(shuffled).reaches(end).rows();

    assertThat(Trial.bits(rows))
        .isEqualTo(Trial.bits(Trial.of(ordered).hears(inOrder).reaches(end).rows()));
    assertThat(forecasts(rows)).hasSize(20).isSortedAccordingTo(byTime());
    assertThat(of(rows, Row.Late.class)).isEmpty();
  }

  @Test
  void moreReadingsThanMayWaitAreDeadLettersAndRoomIsFreedByTime() throws Exception {
    Settings narrow = Plant.settings("time: {order: event-time, lateness: 5m, held: 10}");
    List<Row> rows =
        Trial.of(narrow)
            .hears(minutes("pump", 0, 12))
            .reaches(Plant.START + 9 * Plant.MINUTE)
            .hears(minutes("pump", 12, 15))
            .reaches(Plant.START + 100 * Plant.MINUTE)
            .rows();

    assertThat(forecasts(rows)).hasSize(13);
    assertThat(of(rows, Row.DeadLetter.class))
        .extracting(Row.DeadLetter::reason)
        .containsExactly(
            "10 readings of its series wait already (time.held)",
            "10 readings of its series wait already (time.held)");
  }

  @Test
  void aClockThatRunsAheadIsToldAtOnceAndTakesNoRoomFromThoseThatWait() throws Exception {
    Settings narrow = Plant.settings("time: {order: event-time, lateness: 5m, held: 3}");
    List<Row> rows =
        Trial.of(narrow)
            .hears(Plant.ahead("pump", 0, 0, 20), Plant.ahead("pump", 1, 1, 20))
            .hears(Plant.ahead("pump", 2, 2, 20), Plant.ahead("pump", 3, 3, 20))
            .hears(minutes("pump", 4, 7))
            .reaches(Plant.START + 10 * Plant.MINUTE)
            .rows();

    assertThat(forecasts(rows)).hasSize(3);
    assertThat(verdicts(rows)).filteredOn(verdict -> verdict.kind() == Kind.SKEW).hasSize(4);
    assertThat(of(rows, Row.DeadLetter.class)).isEmpty();
  }

  @Test
  void aSeriesThatMayBeSilentForLongerSinceARestartIsForgottenStill() throws Exception {
    Settings patient = Plant.settings("time: {retireAfter: 8h, maxGap: 30m}");
    try (Subtasks brief = Subtasks.fresh(SETTINGS, HashMapStateBackend::new, 1)) {
      brief.hear(Plant.arrival("pump", 0, 20));
      try (Subtasks restored = Subtasks.restored(patient, brief.snapshot())) {
        restored.watermark(Plant.START + 7 * 60 * Plant.MINUTE);
        assertThat(verdicts(restored.rows())).isEmpty();
        restored.watermark(Plant.START + 10 * 60 * Plant.MINUTE);
        assertThat(verdicts(restored.rows())).extracting(Verdict::kind).containsOnly(Kind.SILENT);
      }
    }
  }

  @Test
  void groupsOfSeriesAreAnsweredByTheirOwnModel() throws Exception {
    Settings grouped =
        Plant.settings("weights: {groups: {'fan.*': fans}}\nmodel: {context: 8, warmup: 2}");
    List<Row> rows =
        Trial.of(grouped)
            .gets(Plant.release(grouped.plan(), 1, 0, 1))
            .hears(minutes("pump", 0, 10))
            .hears(minutes("fan-1", 0, 10))
            .rows();

    assertThat(forecasts(rows))
        .filteredOn(forecast -> forecast.series().equals("pump"))
        .extracting(Forecast::version)
        .contains(1L);
    assertThat(forecasts(rows))
        .filteredOn(forecast -> forecast.series().equals("fan-1"))
        .extracting(Forecast::version)
        .containsOnly(0L);
  }

  @Test
  void seriesGoOverToNewWeightsOneAfterTheOtherAndNeverBack() throws Exception {
    Settings gentle = Plant.settings("weights: {handover: 40m}\nmodel: {context: 8, warmup: 2}");
    List<Arrival> readings = new ArrayList<>();
    for (int minute = 0; minute < 60; minute += 5) {
      for (int series = 0; series < 20; series++) {
        readings.add(Plant.arrival("pump-" + series, minute, 20 + minute % 5));
      }
    }
    List<Row> rows =
        Trial.of(gentle)
            .gets(Plant.release(gentle.plan(), 1, -100, 1))
            .gets(Plant.release(gentle.plan(), 2, 10, 2))
            .hears(readings)
            .rows();

    Map<String, Long> firstOfTwo = new HashMap<>();
    for (Forecast forecast : forecasts(rows)) {
      if (forecast.version() == 2) {
        firstOfTwo.putIfAbsent(forecast.series(), forecast.time());
      } else {
        assertThat(firstOfTwo).doesNotContainKey(forecast.series());
      }
    }
    assertThat(firstOfTwo).hasSize(20);
    assertThat(new HashSet<>(firstOfTwo.values())).hasSizeGreaterThan(5);
    assertThat(firstOfTwo.values())
        .allMatch(time -> time >= Plant.START + 10 * Plant.MINUTE)
        .allMatch(time -> time <= Plant.START + 50 * Plant.MINUTE);
  }

  private static List<Arrival> minutes(String series, int from, int to) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int minute = from; minute < to; minute++) {
      arrivals.add(Plant.arrival(series, minute, 20 + Math.sin(minute * 0.7) + minute % 3));
    }
    return arrivals;
  }

  private static Comparator<Forecast> byTime() {
    return Comparator.comparingLong(Forecast::time);
  }

  private static List<Forecast> forecasts(List<Row> rows) {
    return of(rows, Row.Forecasted.class).map(Row.Forecasted::forecast).toList();
  }

  private static List<Verdict> verdicts(List<Row> rows) {
    return of(rows, Row.Judged.class).map(Row.Judged::verdict).toList();
  }

  private static <R extends Row> Stream<R> of(List<Row> rows, Class<R> kind) {
    return rows.stream().filter(kind::isInstance).map(kind::cast);
  }
}
