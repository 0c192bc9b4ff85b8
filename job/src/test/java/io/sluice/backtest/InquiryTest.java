package io.sluice.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.backtest.Inquiry.Question;
import io.sluice.connectors.files.Columns;
import io.sluice.forecast.Account.Voice;
import io.sluice.symbols.Symbols;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InquiryTest {
  private static final List<Integer> LEADS = List.of(1, 6);
  private static final int SPIKE = 700;
  private static final int STUCK = 800;

  @TempDir Path folder;
  private Path data;
  private Columns columns;

  @BeforeEach
  void writes() throws IOException, InterruptedException {
    Random random = new Random(3);
    List<String> lines = new ArrayList<>(List.of("time,a,b"));
    for (int i = 0; i < 900; i++) {
      double wave = 10 * Math.sin(i / 4.0) + (i == SPIKE ? 60 : 0);
      Instant time = Instant.parse("2024-01-01T00:00:00Z").plusSeconds(300L * i);
      lines.add(time + "," + (wave + random.nextGaussian()) + "," + random.nextGaussian());
    }
    data = Files.write(folder.resolve("pump.csv"), lines);
    columns = Columns.of("time", "a", "b");
  }

  @Test
  void aVerdictIsThatOfTheBacktestBitForBit() throws IOException, InterruptedException {
    agreesWith(BacktestPlan.NEVER, Optional.empty());
    assertThat(explained(SPIKE, Optional.empty()).ruling().norms()).isEmpty();
  }

  @Test
  void soIsOneThatANetworkHadAPartIn() throws IOException, InterruptedException {
    Optional<Path> weights = Optional.of(folder.resolve("weights"));
    agreesWith(BacktestPlan.WHEN_GROWN, weights);
    NumbersExplained explanation = explained(SPIKE, weights);
    assertThat(explanation.ruling().norms()).hasSize(1);
    assertThat(explanation.findings().get(0).account().voices().get(5).said()).isNotNaN();
  }

  @Test
  void soIsOneOnASymbol() throws IOException, InterruptedException {
    List<String> symbols = new ArrayList<>(List.of("time,code"));
    for (int i = 0; i < 600; i++) {
      String code = i == SPIKE - 200 ? "fault" : i == 300 ? "smoke" : i % 2 == 0 ? "idle" : "run";
      symbols.add(Instant.parse("2024-01-01T00:00:00Z").plusSeconds(300L * i) + "," + code);
    }
    Files.write(data, symbols);
    columns =
        Columns.of("time", "code").withSymbols(Symbols.read(List.of("idle", "run", "fault"), 2));
    symbolsAgree(BacktestPlan.NEVER, Optional.empty());
    assertThat(verdicts().get(1 + SPIKE - 200))
        .contains(",fault,0.", ",unlikely,false,budget,idle");
    assertThat(asked(300, Optional.empty()).text())
        .contains("came             unknown", "no network: the Markov chain alone");
    Optional<Path> weights = Optional.of(folder.resolve("weights"));
    symbolsAgree(BacktestPlan.WHEN_GROWN, weights);
    assertThat(asked(599, weights).text()).contains("weights version 1").contains("network 0.");
    assertThat(asked(0, weights).text()).contains("no network: the Markov chain alone");
  }

  private void symbolsAgree(int retrainEvery, Optional<Path> weights)
      throws IOException, InterruptedException {
    SymbolBacktest.of(plan(retrainEvery)).run(done -> {});
    for (int reading : new int[] {0, 1, 119, 120, 300, 499, SPIKE - 200, 599}) {
      SymbolsExplained explanation = (SymbolsExplained) asked(reading, weights);
      String[] row = verdicts().get(1 + reading).split(",", -1);
      assertThat(row[2]).isEqualTo(Double.toString(explanation.verdict().surprise()));
      assertSameNotice(row, 3, explanation.verdict());
    }
  }

  private List<String> verdicts() throws IOException {
    return Files.readAllLines(folder.resolve("verdicts.csv"));
  }

  private BacktestPlan plan(int retrainEvery) {
    return new BacktestPlan(
        data,
        columns,
        Optional.empty(),
        0.2,
        0,
        0,
        LEADS,
        512,
        Optional.empty(),
        retrainEvery,
        folder);
  }

  private void agreesWith(int retrainEvery, Optional<Path> weights)
      throws IOException, InterruptedException {
    Backtest.of(plan(retrainEvery)).run(done -> {});
    List<String> rows = verdicts();
    for (int reading : new int[] {0, 1, 333, SPIKE, 899}) {
      NumbersExplained explanation = explained(reading, weights);
      for (int variable = 0; variable < 2; variable++) {
        String[] row = rows.get(1 + 2 * reading + variable).split(",", -1);
        assertThat(Double.parseDouble(row[3])).isEqualTo(explanation.verdict().surprise());
        assertSameNotice(row, 4, explanation.verdict());
        assertSame(row[7], explanation.verdict().expected()[variable]);
        assertSame(row[8], explanation.verdict().lower()[variable]);
        assertSame(row[9], explanation.verdict().upper()[variable]);
      }
    }
  }

  @Test
  void itsEpisodeIsTheOneThatTheBacktestsRowsTellOf() throws IOException, InterruptedException {
    List<String> lines = Files.readAllLines(data);
    for (int i = STUCK; i < STUCK + 60; i++) {
      lines.set(1 + i, lines.get(1 + i).replaceFirst(",[^,]*,", ",7,"));
    }
    Files.write(data, lines);
    Backtest.of(plan(BacktestPlan.NEVER)).run(done -> {});
    List<String> rows = verdicts();
    long start = Long.MIN_VALUE;
    int told = 0;
    for (int reading = 0; reading < 900; reading++) {
      String[] row = rows.get(1 + 2 * reading).split(",", -1);
      boolean begins = row[5].equals("true");
      start = begins ? Instant.parse(row[0]).toEpochMilli() : start;
      if (begins || row[6].equals("episode") && told % 8 == 1) {
        Verdict verdict = explained(reading).verdict();
        assertSameNotice(row, 4, verdict);
        assertThat(verdict.episode().id()).isEqualTo("pump@" + start);
        assertThat(verdict.episode().start()).isEqualTo(start);
        assertThat(verdict.episode().end()).isEqualTo(verdict.time());
      }
      told += begins || row[6].equals("episode") ? 1 : 0;
    }
    assertThat(told).isGreaterThan(10);
  }

  /** @param kind the column that alert and reason follow */
  private static void assertSameNotice(String[] row, int kind, Verdict verdict) {
    assertThat(row[kind]).isEqualTo(verdict.kind().word());
    assertThat(row[kind + 1]).isEqualTo(Boolean.toString(verdict.alert()));
    assertThat(row[kind + 2]).isEqualTo(verdict.reason());
  }

  @Test
  void whatTheForecastersSaidMakesWhatWasExpected() throws IOException, InterruptedException {
    NumbersExplained explanation = explained(SPIKE);
    List<Voice> voices = explanation.findings().get(0).account().voices();
    double expected = explanation.findings().get(0).account().correction();
    double total = 0;
    for (Voice voice : voices) {
      expected += Double.isNaN(voice.said()) ? 0 : voice.share() * voice.said();
      total += voice.share();
    }
    assertThat(total).isCloseTo(1, within(1e-12));
    assertThat(expected).isCloseTo(explanation.verdict().expected()[0], within(1e-6));
    assertThat(explanation.verdict().contribution()[0]).isGreaterThan(0.9);
  }

  @Test
  void theTextAndTheJsonSayWhatWentIn() throws IOException, InterruptedException {
    NumbersExplained explanation = explained(SPIKE);
    assertThat(explanation.text())
        .contains("pump at 2024-01-03T10:20:00Z, reading 701", "least squares", "contribution");
    JsonNode json = new ObjectMapper().readTree(explanation.json());
    assertThat(json.get("surprise").asDouble()).isEqualTo(explanation.verdict().surprise());
    assertThat(json.get("variables").get(0).get("before")).hasSize(8);
  }

  @Test
  void aFlatLineSurprisesAndIsToldByItsLength() throws IOException {
    List<String> lines = Files.readAllLines(data);
    String stuck = lines.get(1 + STUCK).split(",")[1];
    for (int i = STUCK; i <= STUCK + 20; i++) {
      lines.set(1 + i, lines.get(1 + i).replaceFirst(",[^,]*,", "," + stuck + ","));
    }
    Files.write(data, lines);

    NumbersExplained explanation = explained(STUCK + 20);

    assertThat(explanation.verdict().kind()).isEqualTo(Kind.FLAT);
    assertThat(explanation.verdict().surprise()).isBetween(0.3, 0.9);
    assertThat(explanation.verdict().episode().severity()).isGreaterThan(0.8);
    assertThat(explanation.findings().get(0).symptoms().still()).isEqualTo(20);
    assertThat(explanation.findings().get(0).tests().get(Kind.FLAT))
        .isGreaterThan(explanation.ruling().threshold());
    assertThat(explanation.text()).contains("repeated         20 readings in a row");
  }

  @Test
  void aTimeWithoutAReadingIsNamed() {
    assertThatThrownBy(() -> explained(5000))
        .hasMessageContaining("no reading at 2024-01-18")
        .hasMessageContaining("the last of its 900 is at 2024-01-04");
  }

  private static void assertSame(String field, double number) {
    double written = field.isEmpty() ? Double.NaN : Double.parseDouble(field);
    assertThat(Double.compare(written, number)).isZero();
  }

  private NumbersExplained explained(int reading) throws IOException {
    return explained(reading, Optional.empty());
  }

  private NumbersExplained explained(int reading, Optional<Path> weights) throws IOException {
    return (NumbersExplained) asked(reading, weights);
  }

  private Explanation asked(int reading, Optional<Path> weights) throws IOException {
    long time = Instant.parse("2024-01-01T00:00:00Z").plusSeconds(300L * reading).toEpochMilli();
    Question question = new Question(Optional.empty(), time, 1);
    return new Inquiry(columns, LEADS, 512, weights).at(data, columns, question);
  }
}
