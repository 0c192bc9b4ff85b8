package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.Broker;
import io.sluice.anomaly.Verdict;
import io.sluice.backtest.Explanation;
import io.sluice.backtest.Inquiry;
import io.sluice.backtest.Inquiry.Question;
import io.sluice.connectors.Row;
import io.sluice.connectors.broker.EmbeddedBroker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the operator said of a reading is said again from the topics, bit for bit. */
@ExtendWith(Broker.class)
class ExplainedFromATopicTest {
  private static final int MINUTES = 150;
  private static final int SPIKE = 140;
  private static final int FAULT = 500;

  private static EmbeddedBroker broker;

  @Test
  void aVerdictOnNumbersIsThatOfTheJob() throws Exception {
    String settings =
        """
        model: {context: 8, warmup: 4, history: 128, timezones: {pump-1: Asia/Kathmandu}}
        """;
    try (Stage stage = Stage.on(broker, "numbers-", settings)) {
      stage.gets(Plant.release(stage.settings().plan(), 1, 20, 1));
      stage.gets(Plant.release(stage.settings().plan(), 2, 60, 2));
      Random random = new Random(8);
      for (int minute = 0; minute < MINUTES; minute++) {
        double value = 20 + random.nextGaussian() + (minute == SPIKE ? 50 : 0);
        stage.reads("pump-0", minute, random.nextGaussian());
        stage.reads("pump-1", minute, value);
      }
      stage.flush();

      List<Verdict> said = stage.verdicts("pump-1");
      for (int minute : new int[] {1, 70, SPIKE, MINUTES - 1}) {
        saysAgain(stage, said.get(minute), 1);
      }
      assertThat(said.get(SPIKE).alert()).isTrue();
      assertThatThrownBy(() -> explained(stage, "pump-9", Plant.START, 1))
          .hasMessageContaining("topic \"numbers-readings\" has no reading of series \"pump-9\"")
          .hasMessageContaining("it has none at all");
    }
  }

  @Test
  void soIsOneOnSymbolsWithTheChancesThatItWasMadeOf() throws Exception {
    String settings =
        """
        model: {symbols: [idle, run, fault], top: 1, context: 8, warmup: 4}
        alerts: {budget: 60/h}
        """;
    try (Stage stage = Stage.on(broker, "symbols-", settings)) {
      stage.gets(Plant.release(stage.settings().plan(), 1, 20, 1));
      for (int minute = 0; minute <= FAULT; minute++) {
        stage.reads("press", minute, minute == FAULT ? 2 : minute % 2);
        stage.reads("press", minute, minute == FAULT ? -1 : 1 - minute % 2);
      }
      stage.flush();

      List<Verdict> said = stage.verdicts("press");
      for (int minute : new int[] {0, 19, 21, 100, FAULT}) {
        saysAgain(stage, said.get(2 * minute), 1);
        saysAgain(stage, said.get(2 * minute + 1), 2);
      }
      assertThat(said.get(2 * FAULT).alert()).isTrue();
      showsItsChances(explained(stage, "press", Stage.at(FAULT), 1));
      assertThat(explained(stage, "press", Stage.at(FAULT), 2).text())
          .contains("came             unknown");
      assertThatThrownBy(() -> explained(stage, "press", Stage.at(FAULT), 3))
          .hasMessageContaining("has no 3. reading of series \"press\" at ");
    }
  }

  /** Held against each other, and against the surprise: a fault was never seen before. */
  private static void showsItsChances(Explanation fault) throws Exception {
    JsonNode json = new ObjectMapper().readTree(fault.json());
    JsonNode came = json.get("came");
    JsonNode expected = json.get("expected").get(0);
    double trust = json.get("trust").asDouble();
    double chain = came.get("chain").asDouble();
    assertThat(json.get("surprise").asDouble()).isEqualTo(fault.verdict().surprise());
    assertThat(json.get("reason").asText()).isEqualTo(fault.verdict().reason());
    assertThat(json.get("version").asLong()).isOne();
    assertThat(json.get("norms").get(0).get("h").asDouble()).isPositive();
    assertThat(json.get("norms").get(0).get("c").asDouble()).isPositive();
    assertThat(json.get("evidence").asDouble()).isGreaterThan(json.get("threshold").asDouble());
    assertThat(came.get("symbol").asText()).isEqualTo("fault");
    assertThat(came.get("rank").asInt()).isBetween(3, 4);
    assertThat(trust).isBetween(0.0, 0.5);
    assertThat(came.get("probability").asDouble())
        .isEqualTo(chain + trust * ((float) came.get("network").asDouble() - chain));
    assertThat(json.get("expected")).hasSize(1);
    assertThat(expected.get("symbol").asText()).isEqualTo("idle");
    assertThat(expected.get("probability").asDouble()).isGreaterThan(0.3);
    assertThat(json.get("before").get(7).asText()).isEqualTo("idle");
    assertThat(fault.text())
        .contains("unlikely, surprise 0.", ", alert", "weights version 1", "layer 0: |h| ")
        .contains("came             fault", " are likelier; the likeliest 1 were named")
        .contains("expected         idle", ", network ", "before it        ");
  }

  private static void saysAgain(Stage stage, Verdict said, int which) throws IOException {
    Explanation explanation = explained(stage, said.series(), said.time(), which);
    assertThat(bits(explanation.verdict())).isEqualTo(bits(said));
  }

  private static Map<String, List<String>> bits(Verdict verdict) {
    return Trial.bits(List.of(new Row.Judged(verdict)));
  }

  private static Explanation explained(Stage stage, String series, long time, int which)
      throws IOException {
    Question question = new Question(Optional.of(series), time, which);
    return Inquiry.of(stage.settings(), question, Optional.empty(), Optional.empty());
  }
}
