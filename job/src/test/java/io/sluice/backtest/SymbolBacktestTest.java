package io.sluice.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.connectors.files.Columns;
import io.sluice.symbols.Symbols;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A press that is idle, runs for six steps and is done: its last two states do not tell how long it has run. */
class SymbolBacktestTest {
  private static final int CYCLE = 8;
  private static final int ROWS = 3000;

  @TempDir Path folder;

  @Test
  void theNetworkKnowsWhatAMarkovChainCannot() throws Exception {
    JsonNode metrics = run(press(), 2);

    assertThat(metrics.get("scored").asInt()).isEqualTo(ROWS / 2);
    // of five pairs (run, run) in a cycle one is followed by done: 4 ln 5/4 + ln 5 over 8 symbols
    double surprisal = (4 * Math.log(1.25) + Math.log(5)) / CYCLE;
    JsonNode markov = metrics.get("markov");
    assertThat(markov.get("perplexity").asDouble()).isCloseTo(Math.exp(surprisal), within(0.02));
    assertThat(markov.get("first").asDouble()).isCloseTo(7 / 8.0, within(0.002));
    assertThat(markov.get("within").asDouble()).isEqualTo(1);
    JsonNode sluice = metrics.get("sluice");
    assertThat(sluice.get("perplexity").asDouble()).isBetween(1.0, 1.05);
    assertThat(sluice.get("first").asDouble()).isGreaterThan(0.99);
    assertThat(metrics.get("verdicts").get("normal").asInt()).isGreaterThan(ROWS / 2 - 15);
  }

  @Test
  void everyRowHasItsVerdictByName() throws Exception {
    List<String> press = press();
    press.set(ROWS - 3, "on fire");
    press.set(ROWS - 2, "");
    run(press, 1);

    List<String> rows = Files.readAllLines(folder.resolve("out").resolve("verdicts.csv"));
    assertThat(rows).hasSize(ROWS + 1);
    assertThat(rows.get(0)).isEqualTo("time,symbol,surprise,kind,alert,reason,expected");
    assertThat(rows.get(ROWS - 3)).contains(",run,").endsWith("normal,false,,run");
    assertThat(rows.get(ROWS - 2)).contains("Z,unknown,").contains(",unknown,");
    assertThat(rows.get(ROWS - 1)).contains("Z,,0.0,normal");
  }

  @Test
  void knowsNothingOfSymbolsToCome() throws Exception {
    run(press(), 1);
    List<String> whole = Files.readAllLines(folder.resolve("out").resolve("verdicts.csv"));
    List<String> other = press();
    for (int i = ROWS - 100; i < ROWS; i++) {
      other.set(i, "done");
    }
    run(other, 1);
    List<String> changed = Files.readAllLines(folder.resolve("out").resolve("verdicts.csv"));
    assertThat(changed.subList(0, ROWS - 99)).isEqualTo(whole.subList(0, ROWS - 99));
    assertThat(changed.get(ROWS - 50)).isNotEqualTo(whole.get(ROWS - 50));
  }

  private static List<String> press() {
    List<String> states = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      states.add(i % CYCLE == 0 ? "idle" : i % CYCLE == CYCLE - 1 ? "done" : "run");
    }
    return states;
  }

  private JsonNode run(List<String> states, int top) throws Exception {
    StringBuilder lines = new StringBuilder("at,state\n");
    for (int i = 0; i < states.size(); i++) {
      lines.append(1_700_000_000_000L + i * 60_000L).append(',').append(states.get(i)).append('\n');
    }
    Path data = Files.writeString(folder.resolve("press.csv"), lines);
    Symbols symbols = new Symbols(List.of("idle", "run", "done"), top);
    BacktestPlan plan =
        new BacktestPlan(
            data,
            Columns.of("at", "state").withSymbols(symbols),
            Optional.empty(),
            0.5,
            0,
            0,
            List.of(1),
            0,
            Optional.empty(),
            BacktestPlan.WHEN_GROWN,
            folder.resolve("out"));
    String table = SymbolBacktest.of(plan).run(done -> {});
    assertThat(table).contains("sluice").contains("markov").contains("top " + top);
    return new ObjectMapper().readTree(folder.resolve("out").resolve("metrics.json").toFile());
  }
}
