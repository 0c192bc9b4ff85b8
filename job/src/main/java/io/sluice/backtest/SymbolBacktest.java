package io.sluice.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.anomaly.Kind;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Reading;
import io.sluice.symbols.Symbols;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One series of symbols through the production forecaster, prequentially. A network learns the part for training and speaks
 * from its end on; the Markov chain, which needs no training, goes beside it and is scored over the same symbols.
 */
public final class SymbolBacktest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BacktestPlan plan;
  private final Symbols symbols;
  private final ForecastPlan forecasts;
  private final List<Reading> readings;
  private final Soothsayer sluice;
  private final Soothsayer chain;
  private final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);

  private SymbolBacktest(BacktestPlan plan, List<Reading> readings) {
    this.plan = plan;
    this.readings = readings;
    symbols = plan.columns().symbols();
    String variable = plan.columns().values().get(0);
    forecasts = ForecastPlan.of(variable, symbols);
    sluice = new Soothsayer(variable, symbols);
    chain = new Soothsayer(variable, symbols);
  }

  public static SymbolBacktest of(BacktestPlan plan) throws IOException {
    return new SymbolBacktest(plan, Backtest.read(plan));
  }

  public int readings() {
    return readings.size();
  }

  /** Learns, runs and writes. Returns a table for the eye. */
  public String run(Backtest.Watcher watcher) throws IOException, InterruptedException {
    int learnt = plan.trained(readings.size());
    int begin = plan.begin(readings.size());
    Model model = learn(learnt, watcher);
    Forecaster judge = new Forecaster(forecasts);
    Memory memory = Memory.fresh(forecasts);
    Outcome outcome = new Outcome();
    Files.createDirectories(plan.out());
    try (SymbolRows rows = new SymbolRows(plan.out(), symbols)) {
      for (int i = 0; i < readings.size(); i++) {
        Reading reading = readings.get(i);
        Model speaks = i < learnt ? Model.none() : model;
        outcome.clear();
        judge.advance(memory, reading, speaks, outcome);
        rows.verdict(reading, outcome);
        if (i >= begin) {
          outcome.verdict().ifPresent(verdict -> kinds.merge(verdict.kind(), 1, Integer::sum));
        }
        sluice.hear(reading, speaks, i >= begin);
        chain.hear(reading, Model.none(), i >= begin);
        watcher.read(i + 1);
      }
    }
    write();
    return table();
  }

  private Model learn(int learnt, Backtest.Watcher watcher) throws InterruptedException {
    return plan.retrainEvery() == BacktestPlan.NEVER
        ? Model.none()
        : new Apprentice(forecasts)
            .learn(readings.subList(0, learnt), (epoch, of) -> watcher.learnt(learnt, epoch, of));
  }

  private void write() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("data", plan.data().getFileName().toString());
    root.put("top", symbols.top());
    root.put("scored", sluice.scored());
    scores(root.putObject("sluice"), sluice);
    scores(root.putObject("markov"), chain);
    ObjectNode verdicts = root.putObject("verdicts");
    kinds.forEach((kind, count) -> verdicts.put(kind.word(), count));
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(plan.out().resolve("metrics.json").toFile(), root);
  }

  private static void scores(ObjectNode node, Soothsayer soothsayer) {
    node.put("first", soothsayer.first());
    node.put("within", soothsayer.within());
    node.put("perplexity", soothsayer.perplexity());
  }

  private String table() {
    String head = "        top 1   top %-3d perplexity%n".formatted(symbols.top());
    String verdicts =
        kinds.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().word())
            .collect(Collectors.joining(", "));
    return head
        + row("sluice", sluice)
        + row("markov", chain)
        + "%d symbols scored: %s%n".formatted(sluice.scored(), verdicts);
  }

  private static String row(String name, Soothsayer soothsayer) {
    return "%s %6.4f  %6.4f  %10.4f%n"
        .formatted(name, soothsayer.first(), soothsayer.within(), soothsayer.perplexity());
  }
}
