package io.sluice.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.forecast.Reading;
import io.sluice.symbols.Symbols;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** {@code report.html} of series of symbols; {@code symbols.js} beside this class draws what is said here. */
public final class SymbolReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Page PAGE =
      new Page("symbols.html", List.of("chart.js", "view.js", "symbols.js"));

  /** Series in the table, those with the most alerts. */
  private static final int MOST_SERIES = 50;

  private final BacktestPlan plan;
  private final List<Reading> readings;
  private final Symbols symbols;
  private final SymbolMetrics metrics;
  private final Drawn drawn;

  /** What was noted along the way. */
  record Drawn(SymbolChronicle chronicle, Moments moments) {}

  SymbolReport(BacktestPlan plan, List<Reading> readings, SymbolMetrics metrics, Drawn drawn) {
    this.plan = plan;
    this.readings = readings;
    this.metrics = metrics;
    this.drawn = drawn;
    symbols = plan.columns().symbols();
  }

  /**
   * Writes the page.
   *
   * @param command that redoes it
   */
  public void write(String command) throws IOException {
    SymbolScores scores = metrics.scores();
    ObjectNode data = JSON.createObjectNode();
    settings(data);
    data.put("command", command);
    data.put("production", metrics.production());
    data.put("alerts", scores.alerts());
    drawn.moments.write(data.putArray("moments"));
    drawn.chronicle.write(data.putArray("drawn"));
    ObjectNode all = data.putObject("scores");
    SymbolScores.names().forEach(name -> scores.all(name).write(all.putObject(name)));
    course(data.putObject("course"), scores);
    bySymbol(data.putArray("bySymbol"), scores);
    bySeries(data.putArray("all"), scores);
    PAGE.write(plan.out().resolve("report.html"), data);
  }

  private void settings(ObjectNode data) {
    int rows = readings.size();
    data.put("file", plan.data().getFileName().toString());
    data.put("timed", plan.columns().time().isPresent());
    data.put("rows", rows);
    data.put("trained", plan.trained(rows));
    data.put("begin", plan.begin(rows));
    data.put("scoredFrom", readings.get(plan.begin(rows)).time());
    data.put("count", metrics.scores().series().size());
    data.put("top", symbols.top());
    data.put("network", metrics.learnt());
    ArrayNode names = data.putArray("symbols");
    for (int place = 0; place < symbols.places(); place++) {
      names.add(symbols.name(place));
    }
  }

  private void course(ObjectNode node, SymbolScores scores) {
    node.put("stretch", scores.stretch());
    ArrayNode times = node.putArray("times");
    for (int i = 0; i < scores.course(SymbolScores.SLUICE).length; i++) {
      int middle = scores.begin() + i * scores.stretch() + scores.stretch() / 2;
      times.add(readings.get(Math.min(middle, readings.size() - 1)).time());
    }
    for (String name : SymbolScores.names()) {
      ObjectNode one = node.putObject(name);
      course(one.putArray("loss"), scores.course(name), Guesses::loss);
      course(one.putArray("within"), scores.course(name), Guesses::within);
      course(one.putArray("first"), scores.course(name), Guesses::first);
    }
  }

  private static void course(
      ArrayNode row, Guesses[] stretches, ToDoubleFunction<Guesses> measure) {
    for (Guesses stretch : stretches) {
      Page.number(row, measure.applyAsDouble(stretch));
    }
  }

  /** Those that came, the most frequent first. */
  private void bySymbol(ArrayNode rows, SymbolScores scores) {
    List<Integer> came = new ArrayList<>();
    for (int place = 0; place < symbols.places(); place++) {
      if (scores.place(place).guesses().scored() > 0) {
        came.add(place);
      }
    }
    came.sort(Comparator.comparing(place -> -scores.place(place).guesses().scored()));
    came.forEach(place -> row(rows, symbols.name(place), scores.place(place)));
  }

  private static void bySeries(ArrayNode rows, SymbolScores scores) {
    scores.series().entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, SymbolScores.Group>>comparingLong(
                    one -> -one.getValue().alerts())
                .thenComparing(Map.Entry::getKey))
        .limit(MOST_SERIES)
        .forEach(one -> row(rows, one.getKey(), one.getValue()));
  }

  private static void row(ArrayNode rows, String name, SymbolScores.Group group) {
    ObjectNode node = group.guesses().write(rows.addObject());
    node.put("name", name);
    node.put("alerts", group.alerts());
  }
}
