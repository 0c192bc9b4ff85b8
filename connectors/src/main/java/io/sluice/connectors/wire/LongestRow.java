package io.sluice.connectors.wire;

import io.sluice.anomaly.Episode;
import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Row;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.Status;
import io.sluice.symbols.Symbols;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How many bytes a row may have: rows in which every number, name and reason is as long as they get. */
public final class LongestRow {
  /** 17 digits, sign and exponent. */
  private static final double NUMBER = -1.2345678901234567e-300;

  private static final long TIME = 8_000_000_000_000L;
  private static final String NAME = "x".repeat(250);

  private final RowEncoder encoder;
  private final Labels labels;

  public LongestRow(Wire wire, Labels labels) {
    this.labels = labels;
    // Confluent's head is the shorter one of Avro
    encoder =
        wire.form() == WireForm.JSON
            ? new JsonRows(labels)
            : new AvroRows(labels, Frames.singleObject());
  }

  public int forecast() {
    int rows = labels.variables().size() * labels.leads().size();
    long[] at = new long[labels.leads().size()];
    Arrays.fill(at, TIME);
    Symbols symbols = labels.symbols();
    int named = symbols.any() ? symbols.named() : 0;
    return length(
        new Row.Forecasted(
            new Forecast(
                NAME,
                TIME,
                NAME,
                TIME,
                Status.BASELINE,
                false,
                at,
                numbers(rows * labels.levels().size()),
                numbers(rows),
                IntStream.generate(this::longestSymbol).limit(named).toArray(),
                numbers(named))));
  }

  public int verdict() {
    int variables = labels.variables().size();
    double[] numbers = numbers(variables);
    double[] symbols = numbers.clone();
    Arrays.fill(symbols, labels.symbols().any() ? longestSymbol() : NUMBER);
    return length(
        new Row.Judged(
            new Verdict(
                NAME,
                TIME,
                Kind.OUT_OF_RANGE,
                NUMBER,
                symbols,
                symbols,
                numbers,
                numbers,
                numbers,
                false,
                NAME,
                new Episode(NAME + TIME, TIME, TIME, NUMBER, TIME))));
  }

  private int longestSymbol() {
    Symbols symbols = labels.symbols();
    return IntStream.range(0, symbols.places())
        .boxed()
        .max(Comparator.comparingInt(place -> symbols.name(place).length()))
        .orElse(0);
  }

  private static double[] numbers(int count) {
    double[] numbers = new double[count];
    Arrays.fill(numbers, NUMBER);
    return numbers;
  }

  private int length(Row row) {
    return encoder.encode(row).length;
  }
}
