package io.sluice.forecast;

import static io.sluice.forecast.Plans.MINUTE;
import static io.sluice.forecast.Plans.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.sluice.contest.Rules;
import io.sluice.contest.Score;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnderstudyTest {
  private static final int HEARD = 400;
  private static final int TAKEN_UP = 70;
  private static final int NEVER = 1 << 20;
  private static final Rules RULES = new Rules(true, 1, Duration.ofMinutes(60), Duration.ofDays(1));

  private final ForecastPlan plan = Plans.irregular();
  private final Forecaster forecaster = new Forecaster(plan);
  private final Duel duel = new Duel(Plans.model(plan, 1, 1), Plans.model(plan, 2, 2));
  private final List<Score> scores = new ArrayList<>();

  private static List<Reading> readings() {
    return readings(17);
  }

  /** @param gap every how many readings the pressure is missing */
  private static List<Reading> readings(int gap) {
    Random random = new Random(9);
    List<Reading> readings = new ArrayList<>();
    for (int minute = 0; minute < HEARD; minute++) {
      double flow = 20 + 3 * Math.sin(minute / 9.0) + random.nextGaussian();
      double pressure = minute % gap == gap - 1 ? Double.NaN : 1e6 + 50 * random.nextGaussian();
      readings.add(Plans.reading(minute, flow, pressure));
    }
    return readings;
  }

  private Ledger told(List<Reading> readings, boolean reborn) throws IOException {
    Ledger ledger = new Ledger();
    Understudy understudy = new Understudy(plan, RULES, ledger, scores::add);
    Memory memory = Memory.fresh(plan);
    Shadow shadow = Shadow.fresh(duel.pair());
    for (Reading reading : readings) {
      boolean alone = reading.time() < START + TAKEN_UP * MINUTE;
      Outcomes outcomes = alone ? ledger : understudy.beside(shadow, memory, reading, duel);
      forecaster.advance(memory, reading, duel.champion(), outcomes);
      shadow = reborn ? Shadow.read(bytes(shadow)) : shadow;
    }
    return ledger;
  }

  private static DataInputStream bytes(Shadow shadow) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    shadow.write(new DataOutputStream(bytes));
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }

  @Test
  void whatIsPublishedIsWhatTheChampionSaysAlone() throws IOException {
    Ledger alone = new Ledger();
    Memory memory = Memory.fresh(plan);
    List<Reading> readings = readings();
    readings.subList(HEARD / 2, HEARD / 2 + 100).clear();
    for (Reading reading : readings) {
      forecaster.advance(memory, reading, duel.champion(), alone);
    }
    assertThat(alone.gaps).isEqualTo(1);
    Ledger accompanied = told(readings, false);
    assertThat(accompanied.transcript).hasToString(alone.transcript.toString());
  }

  /** The oracle plays each model alone, notes its answers at every step, and sums up losses round by round. */
  @Test
  void itsScoresAreThoseOfTheTwoModelsPlayedAlone() throws IOException {
    // each model played alone would stand in for missing values by forecasts of its own
    told(readings(NEVER), false);
    List<Answers> champion = alone(duel.champion());
    List<Answers> challenger = alone(duel.challenger());

    List<Long> advantages = new ArrayList<>();
    long first = RULES.round(START);
    for (long round = first;
        round < RULES.round(START + (HEARD - 1) * MINUTE);
        round = RULES.next(round)) {
      double lost = lost(champion, round);
      double other = lost(challenger, round);
      if (lost > 0) {
        advantages.add(Score.advantage(lost, other));
      }
    }
    assertThat(advantages).hasSizeGreaterThan(4);
    assertThat(scores).hasSameSizeAs(advantages);
    for (int i = 0; i < scores.size(); i++) {
      assertThat(scores.get(i).advantage() / 1e9).isCloseTo(advantages.get(i) / 1e9, offset(1e-6));
    }
  }

  @Test
  void writtenAndReadAfterEveryReadingItScoresTheSame() throws IOException {
    told(readings(), false);
    List<Score> straight = List.copyOf(scores);
    scores.clear();
    told(readings(), true);
    assertThat(scores).isEqualTo(straight).isNotEmpty();
  }

  @Test
  void afterASilenceOfARoundTheOldScoreIsNotTold() throws IOException {
    List<Reading> readings = readings();
    readings.removeIf(
        reading -> reading.time() >= START + 200 * MINUTE && reading.time() < START + 330 * MINUTE);
    told(readings, false);
    long silent = RULES.round(START + 200 * MINUTE);
    assertThat(scores)
        .extracting(Score::round)
        .doesNotContain(silent)
        .contains(silent - RULES.over(0) / 2);
  }

  /** What one model says at one step, in the units of the variables. */
  private record Answers(long time, double[] value, double[] distances, double[] units) {}

  /** As in {@code told}, a model meets the series when it is taken up and not before. */
  private List<Answers> alone(Model model) {
    List<Answers> all = new ArrayList<>();
    Memory memory = Memory.fresh(plan);
    for (Reading reading : readings(NEVER)) {
      boolean before = reading.time() < START + TAKEN_UP * MINUTE;
      Model now = before ? duel.champion() : model;
      forecaster.advance(memory, reading, now, new Ledger());
      int leads = Plans.HORIZON.leads().size();
      int levels = Plans.HORIZON.quantiles().size();
      double[] distances = new double[2 * leads * levels];
      double[] units = new double[2 * leads];
      for (int row = 0; row < units.length; row++) {
        units[row] = memory.unit(row / leads, row % leads);
        for (int level = 0; level < levels; level++) {
          int i = row * levels + level;
          distances[i] = before ? Double.NaN : units[row] * now.answer()[i];
        }
      }
      double[] value = {memory.recent().value(0, 0), memory.recent().value(1, 0)};
      value[1] = memory.recent().real(1, 0) ? value[1] : Double.NaN;
      all.add(new Answers(reading.time(), value, distances, units));
    }
    return all;
  }

  private static double lost(List<Answers> steps, long round) {
    double lost = 0;
    List<Integer> leads = Plans.HORIZON.leads();
    List<Double> levels = Plans.HORIZON.quantiles();
    for (int made = 0; made < steps.size(); made++) {
      for (int i = 0; i < steps.get(made).distances().length; i++) {
        int row = i / levels.size();
        int due = made + leads.get(row % leads.size());
        boolean within =
            due < steps.size()
                && RULES.round(steps.get(made).time()) == round
                && RULES.round(steps.get(due).time()) == round;
        if (within) {
          int variable = row / leads.size();
          double from = steps.get(made).value()[variable];
          double quantile = from + steps.get(made).distances()[i];
          double level = levels.get(i % levels.size());
          double beyond = steps.get(due).value()[variable] - quantile;
          double loss =
              Math.max(level * beyond, (level - 1) * beyond) / steps.get(due).units()[row];
          lost += Double.isNaN(loss) ? 0 : loss;
        }
      }
    }
    return lost;
  }
}
