package io.sluice.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.anomaly.Kind;
import io.sluice.symbols.Symbols;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What {@code metrics.json} holds of symbols: for Sluice and its rivals how often the next one was the likeliest, how often
 * among the likeliest few, the mean −ln of its chance and the perplexity; of Sluice the same for each series and symbol, with
 * its alerts; verdicts by kind.
 *
 * @param learnt whether a network spoke
 * @param kinds verdicts of the scored part
 * @param bytes of a series' memory at the end, in the mean
 */
public record SymbolMetrics(
    BacktestPlan plan, SymbolScores scores, boolean learnt, Map<Kind, Integer> kinds, int bytes) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public void write() throws IOException {
    Symbols symbols = symbols();
    ObjectNode root = JSON.createObjectNode();
    root.put("data", plan.data().getFileName().toString());
    root.put("top", symbols.top());
    root.put("scored", scores.all(SymbolScores.SLUICE).scored());
    root.put("alerts", scores.alerts());
    for (String name : SymbolScores.names()) {
      Guesses guesses = scores.all(name);
      guesses.write(root.putObject(name)).put("perplexity", guesses.perplexity());
    }
    ObjectNode verdicts = root.putObject("verdicts");
    kinds.forEach((kind, count) -> verdicts.put(kind.word(), count));
    ObjectNode series = root.putObject("series");
    scores.series().forEach((name, group) -> write(series.putObject(name), group));
    ObjectNode each = root.putObject("symbols");
    for (int place = 0; place < symbols.places(); place++) {
      write(each.putObject(symbols.name(place)), scores.place(place));
    }
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(plan.out().resolve("metrics.json").toFile(), root);
  }

  private static void write(ObjectNode node, SymbolScores.Group group) {
    group.guesses().write(node).put("alerts", group.alerts());
  }

  private Symbols symbols() {
    return plan.columns().symbols();
  }

  /** Which settings give a job what was said here, and what they cost it. */
  public String production() {
    return String.format(
        Locale.ROOT,
        "A job has the same chain, the same surprise and thresholds with this line of sluice.yaml: %.1f KB of memory a series%n  model: {symbols: %s, top: %d}%n%s; ./sluice retrain gives a job one that learns in rounds, each from the weights in use, and promotes only what beats them and the chain%n",
        bytes / 1e3,
        names(),
        symbols().top(),
        learnt
            ? "The network here learnt once, from the part for training"
            : "No network spoke here");
  }

  private String names() {
    List<String> names = symbols().names();
    boolean numbered =
        IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals(Integer.toString(i)));
    try {
      return numbered ? Integer.toString(names.size()) : JSON.writeValueAsString(names);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** A table for the eye. */
  public String table() {
    StringBuilder table =
        new StringBuilder(
            "            top 1  top %-3d log loss  perplexity%n".formatted(symbols().top()));
    for (String name : SymbolScores.names()) {
      Guesses guesses = scores.all(name);
      table.append(
          "%-9s %7.4f  %6.4f  %8.4f  %10.4f%n"
              .formatted(
                  name, guesses.first(), guesses.within(), guesses.loss(), guesses.perplexity()));
    }
    String verdicts =
        kinds.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().word())
            .collect(Collectors.joining(", "));
    return table
        .append(
            "%d symbols of %d series scored, %d alerts: %s%n"
                .formatted(
                    scores.all(SymbolScores.SLUICE).scored(),
                    scores.series().size(),
                    scores.alerts(),
                    verdicts))
        .toString();
  }
}
