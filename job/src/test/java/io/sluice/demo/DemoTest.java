package io.sluice.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.Child;
import io.sluice.cli.Main;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo in a process of its own: it ends by itself or at Ctrl-C, and leaves its summary and nothing else. */
class DemoTest {
  private static final int SENSORS = 50;

  /** 128 and the number of the signal. */
  private static final int INTERRUPTED = 130;

  @TempDir private Path directory;

  /** In a hurry, since faults begin after a week of the fleet's clock; nobody forces its end. */
  static final class Hurried {
    private static final int STEPS_A_SECOND = 100;
    private static final int SECONDS = 12;

    private Hurried() {}

    public static void main(String[] words) throws Exception {
      PrintWriter out = new PrintWriter(System.out, true, UTF_8);
      new Demo(out, true, SENSORS, STEPS_A_SECOND).run(SECONDS, Path.of(words[0]));
    }
  }

  @Test
  void endsByItselfWithASummaryThatAddsUp() throws Exception {
    try (Child demo = Child.start(directory, Hurried.class, directory.toString())) {
      assertThat(demo.exitCode()).as(demo.output()).isZero();
      assertThat(demo.left()).isEmpty();
    }
    JsonNode summary = new ObjectMapper().readTree(directory.resolve("summary.json").toFile());
    assertThat(summary.path("errors")).as(summary.toPrettyString()).isEmpty();
    assertThat(summary.path("first_forecast_seconds").asDouble()).isBetween(1.0, 60.0);
    assertThat(number(summary, "series")).isEqualTo(SENSORS);
    assertEachReadingIsAnswered(summary);
    assertFaultsAreFound(summary);
    assertVersionsAddUp(summary);
  }

  /** By a forecast and a verdict, or a verdict that its clock is wrong, or a dead letter. */
  private static void assertEachReadingIsAnswered(JsonNode summary) {
    JsonNode verdicts = summary.path("verdicts");
    long judged = sum(verdicts) - number(verdicts, "silent");
    assertThat(judged).isEqualTo(number(summary, "readings_in") - number(summary, "dead_letters"));
    // and in the gaps
    assertThat((double) number(summary, "forecasts_out") / (judged - number(verdicts, "skew")))
        .isBetween(1.0, 1.01);
  }

  private static void assertFaultsAreFound(JsonNode summary) {
    long injected = number(summary, "faults_injected");
    assertThat(injected).isGreaterThan(3);
    assertThat(number(summary, "faults_found")).isBetween(injected - 1, injected);
    long byKind = 0;
    for (JsonNode kind : summary.path("faults_by_kind")) {
      byKind += number(kind, "injected");
    }
    assertThat(byKind).isEqualTo(injected);
    assertThat(summary.path("false_alarms_a_series_and_month").asDouble()).isLessThan(1);
  }

  /** Whether a version comes to be used before the end depends on how fast the machine learns. */
  private static void assertVersionsAddUp(JsonNode summary) {
    List<String> promoted = new ArrayList<>(List.of("0"));
    summary.path("weights_promoted").forEach(version -> promoted.add(version.asText()));
    assertThat(number(summary, "retraining_rounds")).isPositive();
    JsonNode versions = summary.path("forecasts_by_version");
    assertThat(versions.fieldNames()).toIterable().contains("0").isSubsetOf(promoted);
    assertThat(sum(versions)).isEqualTo(number(summary, "forecasts_out"));
  }

  private static long number(JsonNode object, String field) {
    return object.path(field).asLong();
  }

  private static long sum(JsonNode object) {
    long sum = 0;
    for (JsonNode number : object) {
      sum += number.asLong();
    }
    return sum;
  }

  @Test
  void leavesNothingWhereItIsInterrupted() throws Exception {
    try (Child demo =
        Child.start(directory, Main.class, "demo", "--headless", "--out", directory.toString())) {
      demo.says(" s │ ");
      assertThat(demo.children()).isZero();
      demo.interrupt();
      assertThat(demo.exitCode()).as(demo.output()).isEqualTo(INTERRUPTED);
      assertThat(demo.left()).isEmpty();
    }
    assertThat(directory.resolve("summary.json")).exists();
  }
}
