package io.sluice.forecast;

import static io.sluice.forecast.Plans.MINUTE;
import static io.sluice.forecast.Plans.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contest.Rules;
import io.sluice.contest.Score;
import io.sluice.symbols.Symbols;
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

class SymbolUnderstudyTest {
  private static final int HEARD = 400;
  private static final Rules RULES = new Rules(true, 1, Duration.ofMinutes(60), Duration.ofDays(1));

  private final ForecastPlan plan =
      ForecastPlan.of("state", new Symbols(List.of("idle", "run", "fault"), 2));
  private final Forecaster forecaster = new Forecaster(plan);
  private final Duel duel = new Duel(model(1, 5), model(2, 6));
  private final List<Score> scores = new ArrayList<>();

  private Model model(long version, long seed) {
    return Model.of(SymbolForecasterTest.release(plan, version, seed), plan);
  }

  /** Some of them without a symbol. */
  private static List<Reading> readings() {
    Random random = new Random(9);
    List<Reading> readings = new ArrayList<>();
    for (int minute = 0; minute < HEARD; minute++) {
      double symbol = random.nextInt(4) == 0 ? random.nextInt(4) : minute % 3;
      double heard = minute % 40 == 39 ? Double.NaN : symbol;
      readings.add(new Reading("machine", START + minute * MINUTE, heard));
    }
    return readings;
  }

  private Ledger told(boolean reborn) throws IOException {
    Ledger ledger = new Ledger();
    Understudy understudy = new Understudy(plan, RULES, ledger, scores::add);
    Memory memory = Memory.fresh(plan);
    Shadow shadow = Shadow.fresh(duel.pair());
    for (Reading reading : readings()) {
      Outcomes outcomes = understudy.beside(shadow, memory, reading, duel);
      forecaster.advance(memory, reading, duel.champion(), outcomes);
      shadow = reborn && shadow.begun() ? Shadow.read(bytes(shadow)) : shadow;
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
    for (Reading reading : readings()) {
      forecaster.advance(memory, reading, duel.champion(), alone);
    }
    assertThat(told(false).transcript).hasToString(alone.transcript.toString());
  }

  /** The oracle plays each network alone and sums up what each symbol cost it, round by round. */
  @Test
  void itsScoresAreThoseOfTheTwoNetworksPlayedAlone() throws IOException {
    told(false);
    List<Double> champion = lost(duel.champion());
    List<Double> challenger = lost(duel.challenger());

    List<Long> advantages = new ArrayList<>();
    for (int round = 0; round + 1 < champion.size(); round++) {
      if (champion.get(round) > 0) {
        advantages.add(Score.advantage(champion.get(round), challenger.get(round)));
      }
    }
    assertThat(advantages).hasSizeGreaterThan(4).doesNotHaveDuplicates();
    assertThat(scores).extracting(Score::advantage).isEqualTo(advantages);
  }

  @Test
  void writtenAndReadAfterEveryReadingItScoresTheSame() throws IOException {
    told(false);
    List<Score> straight = List.copyOf(scores);
    scores.clear();
    told(true);
    assertThat(scores).isEqualTo(straight).isNotEmpty();
  }

  /** By round, from the first. */
  private List<Double> lost(Model model) {
    List<Double> lost = new ArrayList<>();
    Memory memory = Memory.fresh(plan);
    float[] said = {};
    long round = Long.MIN_VALUE;
    for (Reading reading : readings()) {
      forecaster.advance(memory, reading, model, new Ledger());
      if (!Double.isNaN(reading.values()[0])) {
        boolean same = RULES.round(reading.time()) == round;
        round = RULES.round(reading.time());
        lost.add(same ? lost.remove(lost.size() - 1) : 0.0);
        if (same && said.length > 0) {
          double chance = Math.max(1e-4, said[(int) reading.values()[0]]);
          lost.add(lost.remove(lost.size() - 1) - Math.log(chance));
        }
        said = memory.pace().seen() >= plan.warmup() ? model.answer().clone() : new float[0];
      }
    }
    return lost;
  }
}
