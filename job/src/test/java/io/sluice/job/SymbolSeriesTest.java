package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.Row;
import io.sluice.contest.Pair;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Status;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Series of symbols, told straight and to operators that die. */
class SymbolSeriesTest {
  private static final String SYMBOLS =
      """
      model: {symbols: [idle, run, fault], top: 2, context: 8, warmup: 4}
      time: {retireAfter: 2h, maxGap: 30m}
      """;

  private static final Settings SETTINGS = Plant.settings(SYMBOLS);

  @Test
  void whateverComesIsForetoldOrAccountedFor() throws Exception {
    List<Arrival> arrivals = states(120, 3);
    List<Row> rows =
        Trial.of(SETTINGS)
            .hears(arrivals.subList(0, 60))
            .gets(Plant.release(SETTINGS.plan(), 1, 25, 1))
            .hears(arrivals.subList(60, 120))
            .reaches(Plant.START + 200 * Plant.MINUTE)
            .rows();

    assertThat(rows).hasAtLeastOneElementOfType(Row.Late.class);
    assertThat(rows).hasAtLeastOneElementOfType(Row.DeadLetter.class);
    assertThat(verdicts(rows))
        .extracting(Verdict::kind)
        .contains(Kind.NORMAL, Kind.UNKNOWN, Kind.SKEW, Kind.SILENT);
    assertThat(forecasts(rows)).extracting(Forecast::status).contains(Status.BASELINE, Status.LIVE);
    assertThat(forecasts(rows))
        .allSatisfy(forecast -> assertThat(forecast.symbols()).doesNotHaveDuplicates().hasSize(2));
  }

  @Test
  void otherWeightsGiveWhatAnOfflineReplayGives() throws Exception {
    Release first = Plant.release(SETTINGS.plan(), 1, 0, 1);
    Release other = Plant.release(SETTINGS.plan(), 2, 20, 2);
    List<Arrival> arrivals = new ArrayList<>();
    for (int minute = 0; minute < 40; minute++) {
      arrivals.add(Plant.arrival("machine", minute, minute % 3));
    }
    List<Row> rows = Trial.of(SETTINGS).gets(first).gets(other).hears(arrivals).rows();

    List<Row> offline = new ArrayList<>();
    Forecaster forecaster = new Forecaster(SETTINGS.plan());
    Memory memory = Memory.fresh(SETTINGS.plan());
    Model[] models = {Model.of(first, SETTINGS.plan()), Model.of(other, SETTINGS.plan())};
    for (int minute = 0; minute < arrivals.size(); minute++) {
      var reading = ((Arrival.Decoded) arrivals.get(minute)).reading();
      forecaster.advance(memory, reading, models[minute < 20 ? 0 : 1], new Replay(offline));
    }
    assertThat(Trial.bits(rows)).isEqualTo(Trial.bits(offline));
  }

  @Test
  void aCandidateIsMeasuredTheSameHoweverTheOperatorDiesAndChangesNoRow() throws Exception {
    String contest = "weights: {shadow: %s, round: 10m}\nretrain: {promote: %s}\n";
    Trial measured = contested(Plant.settings(SYMBOLS + contest.formatted(1, "live")));
    Trial alone = contested(Plant.settings(SYMBOLS + contest.formatted(0, "gate")));

    assertThat(Trial.bits(measured.rows())).isEqualTo(Trial.bits(alone.straight()));
    assertThat(measured.scores())
        .hasSizeGreaterThan(3)
        .allMatch(score -> score.pair().equals(new Pair(1, 2)))
        .allMatch(score -> score.forecasts() > 0);
  }

  private static Trial contested(Settings settings) {
    List<Arrival> arrivals = states(180, 3);
    return Trial.of(settings)
        .gets(Plant.release(settings.plan(), 1, 0, 1))
        .hears(arrivals.subList(0, 30))
        .gets(Plant.candidate(settings.plan(), 2, 2))
        .hears(arrivals.subList(30, 180));
  }

  /** Of several machines, some of them late, repeated, missing, unheard of, hostile or from a clock that is ahead. */
  private static List<Arrival> states(int count, int series) {
    Random random = new Random(1);
    List<Arrival> arrivals = new ArrayList<>();
    for (Arrival arrival : Plant.readings(count, series, 1)) {
      int number = arrivals.size();
      long minute = number / series;
      String name = "pump-" + number % series;
      arrivals.add(
          random.nextBoolean()
              ? arrival
              : Plant.arrival(name, minute, number, random.nextInt(8) == 0 ? -1 : minute % 3));
    }
    return arrivals;
  }

  private static List<Forecast> forecasts(List<Row> rows) {
    return rows.stream()
        .filter(Row.Forecasted.class::isInstance)
        .map(row -> ((Row.Forecasted) row).forecast())
        .toList();
  }

  private static List<Verdict> verdicts(List<Row> rows) {
    return rows.stream()
        .filter(Row.Judged.class::isInstance)
        .map(row -> ((Row.Judged) row).verdict())
        .toList();
  }
}
