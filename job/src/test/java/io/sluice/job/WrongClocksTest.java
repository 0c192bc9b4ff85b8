package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.Row;
import io.sluice.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Told straight and to operators that die. */
class WrongClocksTest {
  private static final Settings SETTINGS =
      Plant.settings("model: {context: 8, warmup: 4}\ntime: {retireAfter: 2h, maxGap: 30m}");

  @Test
  void aWrongClockIsOneEpisodeWhetherItWasEverRightOrNot() throws Exception {
    List<Arrival> told = new ArrayList<>();
    for (int minute = 0; minute < 40; minute++) {
      boolean wrong = minute >= 10 && minute < 30;
      told.add(
          wrong
              ? Plant.ahead("pump", minute, minute, 20)
              : Plant.arrival("pump", minute, 20 + minute % 3));
      told.add(Plant.ahead("fan", minute, minute, 20));
    }
    int nextDay = 30 + 24 * 60;
    told.add(Plant.ahead("pump", nextDay, nextDay, 20));
    List<Row> rows = Trial.of(SETTINGS).hears(told).rows();

    List<Verdict> wrong = verdicts(rows).stream().filter(v -> v.kind() == Kind.SKEW).toList();
    assertThat(wrong)
        .filteredOn(Verdict::alert)
        .extracting(verdict -> verdict.episode().id())
        .containsExactlyInAnyOrder("pump@" + at(10), "fan@" + at(0), "pump@" + at(nextDay));
    assertThat(wrong)
        .filteredOn(verdict -> verdict.time() == at(29) + 60 * Plant.MINUTE)
        .allSatisfy(
            verdict -> {
              assertThat(verdict.reason()).isEqualTo("episode");
              assertThat(verdict.episode().end()).isEqualTo(at(29));
              assertThat(verdict.episode().severity()).isEqualTo(1);
            });
  }

  @Test
  void aSeriesWhoseClockWasNeverRightIsForgottenInTheEnd() throws Exception {
    List<Row> rows =
        Trial.of(SETTINGS)
            .hears(Plant.ahead("fan", 0, 0, 20))
            .reaches(at(300))
            .hears(Plant.ahead("fan", 300, 300, 20))
            .rows();
    assertThat(verdicts(rows))
        .extracting(Verdict::kind)
        .containsExactly(Kind.SKEW, Kind.SILENT, Kind.SKEW);
    assertThat(verdicts(rows)).extracting(Verdict::alert).containsOnly(true);
  }

  private static long at(long minute) {
    return Plant.START + minute * Plant.MINUTE;
  }

  private static List<Verdict> verdicts(List<Row> rows) {
    return rows.stream()
        .filter(Row.Judged.class::isInstance)
        .map(row -> ((Row.Judged) row).verdict())
        .toList();
  }
}
