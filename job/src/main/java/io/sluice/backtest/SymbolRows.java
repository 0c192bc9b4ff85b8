package io.sluice.backtest;

import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.connectors.files.CsvWriter;
import io.sluice.forecast.Reading;
import io.sluice.symbols.Symbols;
import java.io.IOException;
import java.nio.file.Path;

/** {@code verdicts.csv} of a series of symbols: a row each, names for values; a symbol not stepped says why. */
final class SymbolRows implements AutoCloseable {
  private final Symbols symbols;
  private final CsvWriter file;

  SymbolRows(Path folder, Symbols symbols) throws IOException {
    this.symbols = symbols;
    file =
        CsvWriter.create(
            folder.resolve("verdicts.csv"),
            "time",
            "symbol",
            "surprise",
            "kind",
            "alert",
            "reason",
            "expected");
  }

  void verdict(Reading reading, Outcome outcome) throws IOException {
    file.time(reading.time()).text(name(reading.values()[0]));
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
