package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.Broker;
import io.sluice.anomaly.Label;
import io.sluice.anomaly.Verdict;
import io.sluice.backtest.Explanation;
import io.sluice.backtest.Inquiry;
import io.sluice.backtest.Inquiry.Question;
import io.sluice.connectors.Row;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Reading;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job heard beside readings, and when, is played again as it was. */
@ExtendWith(Broker.class)
class ExplainedAsItWasTest {
  private static final String MODEL = "model: {context: 8, warmup: 4, history: 128}\n";

  private static EmbeddedBroker broker;

  @TempDir Path folder;

  @Test
  void whatPeopleSaidIsHeardWhereTheJobHeardIt() throws Exception {
    try (Stage stage = Stage.on(broker, "said-", MODEL + "alerts: {budget: 60/h}\n")) {
      stage.behind(45);
      Random random = new Random(3);
      for (int minute = 0; minute < 200; minute++) {
        stage.reads("pump", minute, 20 + random.nextGaussian() + leap(minute));
        if (minute == 130 || minute == 150) {
          stage.says("pump", minute, minute + 45, Label.FALSE);
        }
      }
      stage.flush();

      List<Verdict> said = stage.verdicts("pump");
      for (int minute : new int[] {130, 140, 160, 190}) {
        saysAgain(stage, said.get(minute));
      }
      double before = json(stage, 130).get("threshold").asDouble();
      assertThat(json(stage, 131).get("threshold").asDouble()).isGreaterThan(before + 0.5);
    }
  }

  @Test
  void whatIsSaidAfterTheLastRowOfTheJobIsHeardByTheReadingsPastIt() throws Exception {
    try (Stage stage = Stage.on(broker, "past-", MODEL + "alerts: {budget: 60/h}\n")) {
      Random random = new Random(3);
      for (int minute = 0; minute < 160; minute++) {
        stage.keeps(minute < 120);
        stage.reads("pump", minute, 20 + random.nextGaussian() + leap(minute));
        if (minute == 130) {
          stage.says("pump", minute, minute, Label.FALSE);
        }
      }
      stage.flush();

      List<Verdict> said = stage.verdicts("pump");
      for (int minute : new int[] {119, 130, 140, 150}) {
        saysAgain(stage, said.get(minute));
      }
      double before = json(stage, 130).get("threshold").asDouble();
      assertThat(json(stage, 131).get("threshold").asDouble()).isGreaterThan(before + 0.5);
    }
  }

  @Test
  void aSavepointHasHeardWhatWasSaidBeforeItAndNotWhatWasSaidAfterIt() throws Exception {
    try (Stage stage = Stage.on(broker, "once-", MODEL + "alerts: {budget: 60/h}\n")) {
      Random random = new Random(3);
      for (int minute = 0; minute < 160; minute++) {
        stage.reads("pump", minute, 20 + random.nextGaussian() + leap(minute));
        if (minute == 124) {
          stage.says("pump", 110, 124, Label.FALSE);
          stage.says("pump", 120, 124, Label.FALSE);
          stage.says("pump", 100, 124, Label.TRUE);
        }
      }
      stage.flush();

      double threshold = json(stage, 125).get("threshold").asDouble();
      for (int heard = 0; heard <= 3; heard++) {
        Recollection savepoint = new Recollection(savepoint(stage, heard), Map.of(0, (long) heard));
        Explanation explanation = explained(stage, 125, savepoint);
        assertThat(threshold(explanation)).isEqualTo(threshold);
        assertThat(explanation.text()).doesNotContain("the savepoint does not tell");
        Verdict later = stage.verdicts("pump").get(130);
        savepoint = new Recollection(savepoint(stage, heard), Map.of(0, (long) heard));
        assertThat(bits(explained(stage, 130, savepoint).verdict())).isEqualTo(bits(later));
      }
      Recollection unplaced = new Recollection(savepoint(stage, 3), Map.of());
      Explanation twice = explained(stage, 125, unplaced);
      assertThat(threshold(twice)).isNotEqualTo(threshold);
      assertThat(twice.text())
          .contains("note: the savepoint does not tell how far it had heard what people said");
    }
  }

  /** What the job knows after minute 124 and so much of what was said then. */
  private static Memory savepoint(Stage stage, int heard) {
    Forecaster forecaster = new Forecaster(stage.settings().plan());
    Memory memory = Memory.fresh(stage.settings().plan());
    Random random = new Random(3);
    for (int minute = 0; minute <= 124; minute++) {
      double value = 20 + random.nextGaussian() + leap(minute);
      Reading reading = new Reading("pump", Stage.at(minute), value);
      forecaster.advance(memory, reading, Model.none(), new Replay(new ArrayList<>()));
    }
    int[] minutes = {110, 120, 100};
    for (int i = 0; i < heard; i++) {
      forecaster.hear(memory, i < 2 ? Label.FALSE : Label.TRUE, Stage.at(minutes[i]));
    }
    return memory;
  }

  private static double leap(int minute) {
    return minute >= 100 && minute % 10 == 0 ? minute - 95 : 0;
  }

  @Test
  void readingsWhoseRowsNameNoWeightsAreCounted() throws Exception {
    try (Stage stage = Stage.on(broker, "counted-", MODEL)) {
      stage.gets(Plant.release(stage.settings().plan(), 1, -20, 1));
      Random random = new Random(6);
      for (int minute = 0; minute < 60; minute++) {
        stage.keeps(minute < 10 || minute >= 30);
        stage.reads("pump", minute, 20 + random.nextGaussian());
      }
      stage.flush();

      saysAgain(stage, stage.verdicts("pump").get(59));
      assertThat(explained(stage, 59).text())
          .containsPattern("weights of 2[1-4] readings go by when they were active")
          .contains("of 20 topic \"counted-forecasts\" holds no row")
          .containsPattern("rows of [1-4], from when the network warmed up, name none")
          .doesNotContain("weights are those that the job's rows name");
    }
  }

  @Test
  void aTopicThatIsNotThereIsNamed() throws Exception {
    String byTime = "time: {order: event-time}\n";
    try (Stage stage = Stage.on(broker, "there-", MODEL)) {
      for (int minute = 0; minute < 30; minute++) {
        stage.reads("pump", minute, 20 + minute % 3);
      }
      stage.flush();
      Settings other =
          Settings.parse(
              """
              kafka: {bootstrap: "%s"}
              readings: {topic: there-readings, time: at, values: {celsius: celsius}}
              forecasts: {topic: there-forecasts}
              verdicts: {topic: there-verdicts}
              late: {topic: nowhere-late}
              dead-letters: {topic: nowhere-letters}
              weights: {topic: there-weights}
              feedback: {topic: nowhere-feedback}
              """
                      .formatted(broker.bootstrap())
                  + MODEL
                  + byTime);

      assertThat(explained(stage, 20).text()).doesNotContain("is not there");
      assertThat(
              Inquiry.of(other, question(Stage.at(20)), Optional.empty(), Optional.empty()).text())
          .contains("note: topic \"nowhere-late\" is not there, or not open to whoever asks")
          .contains("note: topic \"nowhere-letters\" is not there")
          .contains("note: topic \"nowhere-feedback\" is not there")
          .doesNotContain("topic \"there-forecasts\" is not");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"arrival", "event-time"})
  void aReadingThatTheJobHeldToBeLateIsNotStepped(String order) throws Exception {
    String time = "time: {order: %s, lateness: 2m}\n".formatted(order);
    try (Stage stage = Stage.on(broker, order + "-", MODEL + time)) {
      Random random = new Random(4);
      for (int minute = 0; minute < 60; minute++) {
        if (minute != 20) {
          stage.reads("pump", minute, 20 + random.nextGaussian());
        }
        if (minute == 30) {
          stage.reads("pump", 20, minute, 90);
        }
        stage.reaches(minute - 2, minute);
      }
      stage.reaches(100, 100);
      stage.flush();

      List<Verdict> said = stage.verdicts("pump");
      assertThat(said).hasSize(59);
      for (int reading : new int[] {20, 31, 58}) {
        saysAgain(stage, said.get(reading));
      }
      assertThatThrownBy(() -> explained(stage, 20)).hasMessageMatching(".*(late|older by).*");
    }
  }

  @Test
  void theWeightsAreThoseThatAnsweredThenWhateverBecameOfThem() throws Exception {
    try (Stage stage = Stage.on(broker, "then-", MODEL)) {
      List<Release> releases = new ArrayList<>();
      for (int version = 1; version <= 3; version++) {
        releases.add(Plant.release(stage.settings().plan(), version, 20 * version, version));
      }
      stage.gets(releases.get(0));
      stage.gets(releases.get(1));
      Random random = new Random(5);
      for (int minute = 0; minute < 120; minute++) {
        if (minute == 80) {
          stage.gets(releases.get(1).rolledBack("by hand: worse"));
        } else if (minute == 100) {
          stage.hears(releases.get(2));
        }
        stage.reads("pump", minute, 20 + random.nextGaussian());
      }
      stage.flush();

      List<Verdict> said = stage.verdicts("pump");
      for (int minute : new int[] {50, 79, 81}) {
        saysAgain(stage, said.get(minute));
      }
      assertThat(json(stage, 79).get("version").asLong()).isEqualTo(2);
      assertThat(json(stage, 95).get("version").asLong()).isEqualTo(1);
      assertThat(explained(stage, 95).text())
          .contains("weights version 1", "note: weights are those that the job's rows name");

      assertThat(explained(stage, 119).text())
          .contains("then-weights", "version 3", "--weights")
          .contains("-verdicts\" says otherwise");
      Files.write(folder.resolve("3.safetensors"), releases.get(2).bytes());
      Verdict last = said.get(119);
      Explanation served =
          Inquiry.of(
              stage.settings(), question(last.time()), Optional.empty(), Optional.of(folder));
      assertThat(bits(served.verdict())).isEqualTo(bits(last));
      assertThat(served.text()).contains("weights version 3").doesNotContain("--weights");
    }
  }

  @Test
  void aMemoryOfOtherSettingsBeginsAnewAsItDoesInTheJob() throws Exception {
    try (Stage stage = Stage.on(broker, "anew-", MODEL)) {
      for (int minute = 0; minute < 30; minute++) {
        stage.reads("pump", minute, 20 + minute % 3);
      }
      stage.flush();
      Settings other =
          Settings.parse(
              """
              kafka: {bootstrap: "%s"}
              readings: {topic: anew-readings, time: at, values: {celsius: celsius}}
              weights: {topic: anew-weights}
              model: {context: 8, warmup: 4, horizon: [1, 2, 3, 4, 5, 6, 7]}
              """
                  .formatted(broker.bootstrap()));
      Recollection savepoint = new Recollection(remembered(stage.settings(), 20), Map.of());

      Explanation first =
          Inquiry.of(other, question(Stage.at(20)), Optional.of(savepoint), Optional.empty());
      assertThat(first.verdict().expected()).containsExactly(Double.NaN);
      assertThat(first.text())
          .contains("the savepoint is of other settings", "level            nothing");
    }
  }

  /** What a job knows after so many minutes. */
  private static Memory remembered(Settings settings, int minutes) {
    Forecaster forecaster = new Forecaster(settings.plan());
    Memory memory = Memory.fresh(settings.plan());
    List<Row> rows = new ArrayList<>();
    for (int minute = 0; minute < minutes; minute++) {
      Reading reading = new Reading("pump", Stage.at(minute), 20 + minute % 3);
      forecaster.advance(memory, reading, Model.none(), new Replay(rows));
    }
    return memory;
  }

  private static void saysAgain(Stage stage, Verdict said) throws IOException {
    Explanation explanation =
        Inquiry.of(stage.settings(), question(said.time()), Optional.empty(), Optional.empty());
    assertThat(bits(explanation.verdict())).isEqualTo(bits(said));
    assertThat(explanation.text()).contains("-verdicts\" says the same, to the last bit");
  }

  private static Object bits(Verdict verdict) {
    return Trial.bits(List.of(new Row.Judged(verdict)));
  }

  private static double threshold(Explanation explanation) throws IOException {
    return new ObjectMapper().readTree(explanation.json()).get("threshold").asDouble();
  }

  private static Explanation explained(Stage stage, int minute, Recollection from)
      throws IOException {
    return Inquiry.of(
        stage.settings(), question(Stage.at(minute)), Optional.of(from), Optional.empty());
  }

  private static JsonNode json(Stage stage, int minute) throws IOException {
    return new ObjectMapper().readTree(explained(stage, minute).json());
  }

  private static Explanation explained(Stage stage, int minute) throws IOException {
    return Inquiry.of(
        stage.settings(), question(Stage.at(minute)), Optional.empty(), Optional.empty());
  }

  private static Question question(long time) {
    return new Question(Optional.of("pump"), time, 1);
  }
}
