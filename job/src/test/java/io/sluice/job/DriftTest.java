package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.Broker;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Both jobs on a real broker, from drift to better forecasts. */
@ExtendWith(Broker.class)
class DriftTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static EmbeddedBroker broker;
  private static DriftingFleet calm;

  @BeforeAll
  static void liveUndisturbed() throws Exception {
    calm = new DriftingFleet(broker, "calm");
    calm.live(false);
  }

  @AfterAll
  static void stop() {
    calm.close();
  }

  @Test
  void theFleetDriftsTheLoopNoticesAndTheRunningJobForecastsBetter() throws Exception {
    List<Release> releases = calm.releases();
    assertThat(releases).extracting(one -> one.edition().state()).containsOnly(State.PROMOTED);
    assertThat(releases).hasSize(2);
    long since = releases.get(1).edition().activeFrom();
    Map<String, List<String>> rows = Teller.actual(calm.settings);
    Map<String, List<String>> old = Teller.expected(calm.settings, releases.subList(0, 1));
    long drift = Plant.START + DriftingFleet.DRIFT * Plant.MINUTE;

    double before = error(rows, row -> version(row) == 1 && time(row) >= drift);
    double after = error(rows, row -> version(row) == 2);
    double otherwise = error(old, row -> version(row) == 1 && time(row) >= since);

    assertThat(after).isLessThan(0.5 * before).isLessThan(0.5 * otherwise);
    Teller.assertTold(calm.settings, Teller.expected(calm.settings, releases));
  }

  @Test
  void killedInTheMiddleOfARoundOfPublishingAndOfReEncodingTheJobsSayTheSame() throws Exception {
    try (DriftingFleet killed = new DriftingFleet(broker, "killed")) {
      killed.live(true);

      assertThat(killed.releases()).isEqualTo(calm.releases());
      assertThat(killed.parts()).as("with those that were taken back").isGreaterThan(calm.parts());
      Teller.assertTold(killed.settings, Teller.actual(calm.settings));
    }
  }

  private static long version(JsonNode row) {
    return row.path("version").asLong();
  }

  private static long time(JsonNode row) {
    return row.path("time").asLong();
  }

  /** Mean distance of the forecasts one step ahead from what came: each reading has a row of either kind. */
  private static double error(Map<String, List<String>> rows, Predicate<JsonNode> which)
      throws IOException {
    double sum = 0;
    int count = 0;
    for (int series = 0; series < DriftingFleet.SERIES; series++) {
      List<String> forecasts = rows.get("forecasts pump-" + series);
      List<String> verdicts = rows.get("verdicts pump-" + series);
      for (int i = 0; i + 1 < forecasts.size(); i++) {
        JsonNode forecast = JSON.readTree(forecasts.get(i));
        if (which.test(forecast)) {
          double actual = variable(JSON.readTree(verdicts.get(i + 1))).path("actual").asDouble();
          double median = variable(forecast).path("leads").path(0).path("median").asDouble();
          sum += Math.abs(median - actual);
          count++;
        }
      }
    }
    assertThat(count).isGreaterThan(100);
    return sum / count;
  }

  private static JsonNode variable(JsonNode row) {
    return row.path("variables").path(0);
  }
}
