package io.sluice.backtest;

import static io.sluice.backtest.SymbolBacktestTest.press;
import static io.sluice.backtest.SymbolBacktestTest.several;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.connectors.files.Columns;
import io.sluice.symbols.Symbols;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a press, or of two. */
class SymbolReportTest {
  private static final long BEGUN = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

  /** Looks at the page, presses what can be pressed, and says what became of it. */
  private static final String PROBE =
      """
      const axis = () => document.querySelector('#series svg').textContent;
      document.querySelector('[data-view=all]').click();
      const all = axis();
      document.querySelector('[data-view=in]').click();
      const zoomed = all !== axis();
      document.querySelector('#measures button:nth-child(2)').click();
      document.querySelector('#moments button').click();
      document.querySelector('#theme').click();
      return {zoomed, lanes: document.querySelectorAll('#series .code').length,
        marked: document.querySelectorAll('#series circle').length,
        first: document.querySelector('#moments .what').textContent,
        lines: document.querySelectorAll('#course .line').length,
        bySymbol: document.querySelectorAll('#symbols td').length,
        bySeries: !document.querySelector('#all-card').hidden};
      """;

  /** Chooses the second series, then what stood out of the first one, and looks at both that came at that time. */
  private static final String SECOND =
      """
      const names = () => [...document.querySelectorAll('#names button')];
      const lanes = () => [...document.querySelectorAll('#series .code')].length;
      const of = lanes();
      names()[1].click();
      const chosen = names()[1].getAttribute('aria-pressed'), then = lanes();
      document.querySelector('#moments button').click();
      const series = document.querySelector('#series');
      const tell = (y) => {
        const box = series.getBoundingClientRect();
        const x = +series.querySelector('circle.alert').getAttribute('cx') + 1;
        series.dispatchEvent(new PointerEvent('pointermove', {clientX: box.left + x, clientY: box.top + y, pointerId: 1}));
        return document.querySelector('#tip').textContent;
      };
      const lane = (name) => +[...series.querySelectorAll('text')].find((text) => text.textContent === name).getAttribute('y') - 4;
      return {names: names().map((button) => button.textContent), of, then, chosen, images: document.images.length,
        first: document.querySelector('#moments .what').textContent,
        unknown: tell(lane('unknown')), run: tell(lane('run'))};
      """;

  private static final String SAID =
      """
      const shown = (id) => document.getElementById(id).offsetParent !== null;
      return {lede: document.querySelector('#lede').textContent, series: shown('series'),
        course: shown('course'), tiles: shown('tiles'), table: shown('table')};
      """;

  @TempDir Path folder;

  @Test
  void thePageStandsAloneAndShowsWhatStoodOut() throws Exception {
    List<String> press = press();
    press.set(press.size() - 3, "on fire");
    String page = page(Columns.of("at", "state"), alone(press), BacktestPlan.WHEN_GROWN);
    assertThat(page.replace("http://www.w3.org/2000/svg", "").replace("url(#frame)", ""))
        .doesNotContain("src=", "href=", "@import", "url(", "https:", "http:");

    JsonNode seen = Browser.look(folder, page, PROBE);
    assertThat(seen.get("broken")).isEmpty();
    assertThat(seen.get("drawn").asText()).isEqualTo("yes");
    assertThat(seen.get("lanes").asInt()).isEqualTo(4);
    assertThat(seen.get("marked").asInt()).isPositive();
    assertThat(seen.get("first").asText()).isEqualTo("unknown: unknown, expected run");
    assertThat(seen.get("zoomed").asBoolean()).isTrue();
    assertThat(seen.get("lines").asInt()).isEqualTo(4);
    assertThat(seen.get("bySymbol").asInt()).isEqualTo(4 * 6);
    assertThat(seen.get("bySeries").asBoolean()).isFalse();
    assertThat(seen.get("wide").asBoolean()).isFalse();
  }

  @Test
  void theSecondOfTwoSeriesIsChosenAndWhatCameAtOnceIsToldApart() throws Exception {
    List<String> lines = new ArrayList<>(List.of("press,at,state"));
    List<String> states = press();
    for (int i = 0; i < 1200; i++) {
      lines.add("a," + (BEGUN + i * MINUTE) + "," + (i % 2 == 0 ? "idle" : "done"));
      lines.add("\"" + HOSTILE + "\"," + (BEGUN + i * MINUTE) + "," + states.get(i));
      if (i == 1100) {
        lines.add("\"" + HOSTILE + "\"," + (BEGUN + i * MINUTE) + ",on fire");
      }
    }
    String page = page(several(), lines, BacktestPlan.NEVER);
    assertThat(page).doesNotContain(HOSTILE);

    JsonNode seen = Browser.look(folder, page, SECOND);
    assertThat(seen.get("broken")).isEmpty();
    assertThat(seen.get("names").toString()).contains("\"a\"", HOSTILE);
    assertThat(seen.get("images").asInt()).isZero();
    assertThat(seen.get("chosen").asText()).isEqualTo("true");
    assertThat(seen.get("of").asInt()).isEqualTo(4);
    assertThat(seen.get("then").asInt()).isEqualTo(2);
    assertThat(seen.get("first").asText()).startsWith("unknown: " + HOSTILE + ": unknown");
    assertThat(seen.get("unknown").asText()).contains("cameunknown", "unknown, alert");
    assertThat(seen.get("run").asText()).contains("camerun").doesNotContain("alert");
  }

  @Test
  void saysWhereNoSymbolCameAndWhereNoneWasScored() throws Exception {
    List<String> none = Collections.nCopies(300, "");
    JsonNode seen = look(none);
    assertThat(seen.get("broken")).isEmpty();
    assertThat(seen.get("drawn").asText()).isEqualTo("yes");
    assertThat(seen.get("lede").asText()).isEqualTo("No symbol came in any of the 300 rows.");
    for (String empty : List.of("series", "course", "tiles")) {
      assertThat(seen.get(empty).asBoolean()).as(empty).isFalse();
    }
    assertThat(seen.get("table").asBoolean()).isTrue();

    List<String> early = new ArrayList<>(press().subList(0, 100));
    early.addAll(none);
    JsonNode later = look(early);
    assertThat(later.get("broken")).isEmpty();
    assertThat(later.get("drawn").asText()).isEqualTo("yes");
    assertThat(later.get("lede").asText())
        .isEqualTo("No symbol came where it would have been scored.");
    assertThat(later.get("series").asBoolean()).isTrue();
  }

  private JsonNode look(List<String> states) throws Exception {
    String page = page(Columns.of("at", "state"), alone(states), BacktestPlan.NEVER);
    return Browser.look(folder, page, SAID);
  }

  private static List<String> alone(List<String> states) {
    List<String> lines = new ArrayList<>(List.of("at,state"));
    for (int i = 0; i < states.size(); i++) {
      lines.add(BEGUN + i * MINUTE + "," + states.get(i));
    }
    return lines;
  }

  private String page(Columns columns, List<String> lines, int retrainEvery) throws Exception {
    BacktestPlan plan =
        new BacktestPlan(
            Files.write(folder.resolve("press.csv"), lines),
            columns.withSymbols(new Symbols(List.of("idle", "run", "done"), 2)),
            Optional.empty(),
            0.5,
            0,
            0,
            List.of(1),
            0,
            Optional.empty(),
            retrainEvery,
            folder.resolve("out"));
    SymbolBacktest backtest = SymbolBacktest.of(plan);
    backtest.report(backtest.run(done -> {})).write("./sluice backtest --symbols idle,run,done");
    return Files.readString(folder.resolve("out").resolve("report.html"));
  }
}
