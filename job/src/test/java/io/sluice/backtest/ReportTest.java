package io.sluice.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.connectors.files.Columns;
import io.sluice.forecast.ForecastPlan;
import io.sluice.online.Faculty;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final String PROBE =
      """
      const axis = () => [...document.querySelectorAll('#series svg text')].map((t) => t.textContent).join('|');
      const press = (selector) => document.querySelector(selector).click();
      press('[data-view=all]');
      const all = axis();
      press('[data-view=in]');
      const near = axis();
      press('#variables button:nth-child(2)');
      press('#leads button:nth-child(2)');
      press('#theme');
      return {zoomed: all !== near, panels: document.querySelectorAll('#series .band').length,
        lines: document.querySelectorAll('#errors .line').length,
        kept: document.querySelectorAll('#calibration .line').length,
        covered: document.querySelector('#coverage .line').getAttribute('d').length,
        reach: [...document.querySelectorAll('#reach .line')].map((line) => line.getAttribute('d').length),
        numbers: document.querySelectorAll('#table td').length,
        upkeep: document.querySelectorAll('#upkeep td').length};
      """;

  /** The list, the command under it and what is told of the reading of that time. */
  private static final String SILENCE =
      """
      document.querySelector('[data-view=all]').click();
      const series = document.querySelector('#series');
      const box = series.getBoundingClientRect();
      series.dispatchEvent(new PointerEvent('pointermove',
        {clientX: box.left + series.frame.x(%d), clientY: box.top + 40, pointerId: 1}));
      return {listed: [...document.querySelectorAll('#moments .what')].map((what) => what.textContent),
        explain: document.querySelector('#explain').textContent,
        told: document.querySelector('#tip').textContent};
      """;

  @TempDir Path folder;

  @Test
  void standsAlone() throws IOException, InterruptedException {
    String page =
        report(1200, "a").replace("http://www.w3.org/2000/svg", "").replace("url(#frame)", "");
    assertThat(page).doesNotContain("src=", "href=", "@import", "url(", "https:", "http:");
  }

  @Test
  void holdsTheReadingsToASixteenBitStep() throws IOException, InterruptedException {
    JsonNode data = data(report(1200, "a"));
    JsonNode variable = data.get("series").get("variables").get(0);
    byte[] points = Base64.getDecoder().decode(variable.get("points").asText());
    double least = variable.get("least").asDouble();
    double unit = (variable.get("most").asDouble() - least) / 65_534;
    ByteBuffer steps = ByteBuffer.wrap(points).order(ByteOrder.LITTLE_ENDIAN);
    List<double[]> values = values(1200);
    assertThat(data.get("series").get("each").asInt()).isEqualTo(1);
    for (int i = 0; i < values.size(); i++) {
      double drawn = least + unit * Short.toUnsignedInt(steps.getShort(2 * i));
      assertThat(drawn).isBetween(values.get(i)[0] - unit, values.get(i)[0] + unit);
    }
  }

  @Test
  void namesFromAFileEndNoScript() throws IOException, InterruptedException {
    assertThat(report(300, "</script><b>")).doesNotContain("</script><b>");
  }

  @Test
  void aBrowserDrawsAndZoomsIt() throws IOException, InterruptedException {
    JsonNode probed = Browser.look(folder, report(1200, "a"), PROBE);
    assertThat(probed.get("broken")).isEmpty();
    assertThat(probed.get("drawn").asText()).isEqualTo("yes");
    assertThat(probed.get("zoomed").asBoolean()).isTrue();
    assertThat(probed.get("panels").asInt()).isEqualTo(1);
    assertThat(probed.get("lines").asInt()).isEqualTo(4);
    assertThat(probed.get("kept").asInt()).isEqualTo(2);
    assertThat(probed.get("covered").asInt()).isGreaterThan(50);
    assertThat(probed.get("reach")).hasSize(2).allMatch(length -> length.asInt() > 500);
    assertThat(probed.get("numbers").asInt()).isEqualTo(2 * 4 * 7);
    assertThat(probed.get("upkeep").asInt()).isEqualTo(3 * (Faculty.values().length + 1));
    assertThat(probed.get("wide").asBoolean()).isFalse();
  }

  @Test
  void aSilenceIsToldAndNeitherExplainedNorTakenForAReading()
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(List.of("at,a"));
    List<double[]> values = values(400);
    values.get(250)[0] = 200;
    for (int i = 0; i < values.size(); i++) {
      lines.add(hour(i < 300 ? i : i + 1000) + "," + values.get(i)[0]);
    }
    Path data = Files.write(folder.resolve("silent.csv"), lines);
    ForecastPlan job =
        Settings.parse(
                """
                kafka: {bootstrap: "localhost:1"}
                readings: {values: {a: a}}
                model: {horizon: [1, 6], history: 256}
                time: {retireAfter: 10d}
                """)
            .plan();
    BacktestPlan plan =
        new BacktestPlan(
            data,
            Columns.of("at", "a"),
            Optional.empty(),
            100,
            0,
            0,
            List.of(1, 6),
            256,
            Optional.of(job),
            BacktestPlan.NEVER,
            folder.resolve("silent"));
    JsonNode seen = Browser.look(folder, page(plan), SILENCE.formatted(hour(1300).toEpochMilli()));
    assertThat(seen.get("broken")).isEmpty();
    assertThat(seen.get("listed").toString()).contains("silent: forgotten", "spike: ");
    assertThat(seen.get("explain").asText())
        .isEqualTo("./sluice explain --at " + hour(250).toString().replace("Z", ".000Z"));
    assertThat(seen.get("told").asText()).contains("read").doesNotContain("silent");
  }

  private static Instant hour(int hour) {
    return Instant.EPOCH.plus(Duration.ofHours(hour));
  }

  @Test
  void showsNoReachWhereNothingWasLearnt() throws IOException, InterruptedException {
    assertThat(data(report(120, "a")).has("reach")).isFalse();
  }

  private static JsonNode data(String page) throws IOException, InterruptedException {
    String json = page.split("<script type=\"application/json\" id=\"run\">")[1];
    return new ObjectMapper().readTree(json.split("</script>")[0]);
  }

  private static List<double[]> values(int rows) {
    Random random = new Random(2);
    List<double[]> values = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double wave = 10 * Math.sin(i / 5.0);
      values.add(new double[] {wave + random.nextGaussian(), 3 - wave + random.nextGaussian()});
    }
    return values;
  }

  private String report(int rows, String first) throws IOException, InterruptedException {
    Path data = folder.resolve("two.csv");
    List<String> lines = new ArrayList<>(List.of(first + ",b"));
    values(rows).forEach(pair -> lines.add(pair[0] + "," + pair[1]));
    Files.write(data, lines);
    Path out = folder.resolve("out");
    BacktestPlan plan =
        new BacktestPlan(
            data,
            Columns.untimed(first, "b"),
            Optional.empty(),
            0.3,
            0,
            0,
            List.of(1, 6),
            512,
            Optional.empty(),
            BacktestPlan.WHEN_GROWN,
            out);
    return page(plan);
  }

  private static String page(BacktestPlan plan) throws IOException, InterruptedException {
    Backtest backtest = Backtest.of(plan);
    Metrics metrics = backtest.run(done -> {});
    backtest
        .report()
        .write("./sluice backtest", "./sluice explain --at TIME", backtest.production(), metrics);
    return Files.readString(plan.out().resolve("report.html"));
  }
}
