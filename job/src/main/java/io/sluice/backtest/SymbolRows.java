package io.sluice.backtest;

import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.connectors.files.CsvWriter;
import io.sluice.forecast.Reading;
import io.sluice.symbols.Symbols;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code verdicts.csv} of series of symbols: a row each, names for values; a symbol not stepped says why. A file of several
 * series has a column more, their name, after the time.
 */
final class SymbolRows implements AutoCloseable {
  private final Symbols symbols;
  private final boolean several;
  private final CsvWriter file;

  SymbolRows(BacktestPlan plan, Symbols symbols) throws IOException {
    this.symbols = symbols;
    several = plan.columns().series().isPresent();
    List<String> columns =
        new ArrayList<>(
            List.of("time", "symbol", "surprise", "kind", "alert", "reason", "expected"));
    if (several) {
      columns.add(1, "series");
    }
    file = CsvWriter.create(plan.out().resolve("verdicts.csv"), columns.toArray(String[]::new));
  }

  void verdict(Reading reading, Outcome outcome) throws IOException {
    file.time(reading.time());
    if (several) {
      file.text(reading.series());
    }
    file.text(name(reading.values()[0]));
    if (outcome.verdict().isPresent()) {
      judged(outcome.verdict().get());
    } else {
      file.number(0).text(Kind.NORMAL.word()).truth(false).text(outcome.passedOver()).text("");
    }
    file.end();
  }

  private void judged(Verdict verdict) throws IOException {
    file.number(verdict.surprise())
        .text(verdict.kind().word())
        .truth(verdict.alert())
        .text(verdict.reason())
        .text(name(verdict.expected()[0]));
  }

  private String name(double value) {
    return Double.isNaN(value) ? "" : symbols.name(symbols.place(value));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
