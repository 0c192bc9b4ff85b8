package io.sluice.backtest;

import static io.sluice.backtest.Explanation.format;
import static io.sluice.backtest.Explanation.line;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.anomaly.Verdict;
import io.sluice.forecast.Odds;
import io.sluice.forecast.Reading;
import io.sluice.symbols.Symbols;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Why a symbol was judged as it was.
 *
 * @param before the last readings before it, oldest first
 * @param odds as the memory stood when it foretold the symbol
 */
record SymbolsExplained(Ruling ruling, List<Reading> before, Symbols symbols, Odds odds)
    implements Explanation {

  @Override
  public Verdict verdict() {
    return ruling.verdict();
  }

  private int came() {
    return symbols.place(verdict().actual()[0]);
  }

  /** The likeliest, as many as a row names, the likeliest first and of equal ones the first by place. */
  private List<Integer> likeliest() {
    return IntStream.range(0, odds.chances().length)
        .boxed()
        .sorted(Comparator.comparingDouble(place -> -odds.chances()[place]))
        .limit(symbols.named())
        .toList();
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder(ruling.text("the Markov chain alone"));
    text.append('\n').append(line("came", name(verdict().actual()[0])));
    if (came() != Symbols.MISSING) {
      text.append(line("", chances(came())));
      text.append(
          line(
              "",
              format(
                  "%d are likelier; the likeliest %d were named",
                  odds.likelier(came()), symbols.named())));
      text.append(line("", format("%.4g for it and all no likelier", odds.unlikelier(came()))));
    }
    String expected = "expected";
    for (int place : likeliest()) {
      text.append(line(expected, format("%-12s %s", symbols.name(place), chances(place))));
      expected = "";
    }
    shares(text);
    StringJoiner last = new StringJoiner(" ");
    before.forEach(reading -> last.add(name(reading.values()[0])));
    return text.append(line("before it", last.toString())).toString();
  }

  private String chances(int place) {
    String both = format("chance %.4g", odds.chances()[place]);
    return odds.network().length == 0
        ? both
        : both + format(", chain %.4g, network %.4g", odds.chain()[place], odds.network()[place]);
  }

  private void shares(StringBuilder text) {
    text.append(line("chain", format("counts %.1f %%", 100 * (1 - odds.trust()))));
    text.append(
        line(
            "network",
            odds.network().length == 0
                ? "did not speak"
                : format("counts %.1f %%", 100 * odds.trust())));
    text.append(
        line(
            "so far",
            Double.isNaN(odds.covered())
                ? "no symbol yet"
                : format("%.2f %% of the symbols were named", 100 * odds.covered())));
  }

  private String name(double value) {
    return Double.isNaN(value) ? "–" : symbols.name(symbols.place(value));
  }

  @Override
  public String json() {
    ObjectNode root = ruling.json();
    root.put("trust", odds.trust());
    Ruling.number(root, "covered", odds.covered());
    root.put("known", odds.known());
    root.put("top", symbols.top());
    if (came() == Symbols.MISSING) {
      root.putNull("came");
    } else {
      ObjectNode came = chances(root.putObject("came"), came());
      came.put("rank", odds.likelier(came()) + 1);
      came.put("unlikelier", odds.unlikelier(came()));
    }
    ArrayNode expected = root.putArray("expected");
    likeliest().forEach(place -> chances(expected.addObject(), place));
    ArrayNode last = root.putArray("before");
    for (Reading reading : before) {
      double value = reading.values()[0];
      if (Double.isNaN(value)) {
        last.addNull();
      } else {
        last.add(symbols.name(symbols.place(value)));
      }
    }
    return root.toPrettyString();
  }

  private ObjectNode chances(ObjectNode node, int place) {
    node.put("symbol", symbols.name(place));
    node.put("probability", odds.chances()[place]);
    node.put("chain", odds.chain()[place]);
    if (odds.network().length > 0) {
      node.put("network", odds.network()[place]);
    }
    return node;
  }
}
