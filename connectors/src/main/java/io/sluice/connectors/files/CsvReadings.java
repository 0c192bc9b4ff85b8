package io.sluice.connectors.files;

import io.sluice.connectors.Unreadable;
import io.sluice.connectors.mapping.TimeForm;
import io.sluice.forecast.Reading;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Readings of a CSV file, in its order. Empty fields, NaN, NA and null are missing.
 *
 * <p>A file is one's own, so what is wrong in it is an error that names the line, not a dead letter.
 */
public final class CsvReadings implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int NONE = -1;
  private static final long MINUTE = 60_000;
  private static final double[] NO_COVARIATES = {};

  private final Path file;
  private final Columns columns;
  private final CsvLines lines;
  private final List<String> header;
  private final String name;
  private final int series;
  private final int time;
  private final int[] values;
  private final int[] covariates;
  private boolean waiting;
  private Optional<TimeForm> form;
  private long rows;

  private CsvReadings(Path file, Columns columns, CsvLines lines) throws IOException {
    this.file = file;
    this.columns = columns;
    this.lines = lines;
    this.header = header();
    this.name = file.getFileName().toString().replaceFirst("\\.(csv|txt)(\\.gz)?$", "");
    this.series = columns.series().isPresent() ? column(columns.series().get()) : NONE;
    this.time = columns.time().isPresent() ? column(columns.time().get()) : NONE;
    this.values = columns(columns.values());
    this.covariates = columns(columns.covariates());
    this.form = columns.unit().map(unit -> new TimeForm(unit, columns.zone()));
  }

  public static CsvReadings open(Path file, Columns columns) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException("there is no file " + file);
    }
    InputStream bytes = Files.newInputStream(file);
    try {
      boolean zipped = file.toString().endsWith(".gz");
      InputStream text = zipped ? new GZIPInputStream(bytes, BUFFER) : bytes;
      return new CsvReadings(file, columns, new CsvLines(text));
    } catch (ZipException other) {
      bytes.close();
      throw new IOException(file + " is not gzipped, as its name says");
    } catch (IOException | RuntimeException broken) {
      bytes.close();
      throw broken;
    }
  }

  private List<String> header() throws IOException {
    if (!more()) {
      throw new IOException(file + " is empty");
    }
    if (lines.fields() == 1) {
      again();
    }
    List<String> first = lines.texts().stream().map(CsvReadings::tidied).toList();
    if (first.stream().anyMatch(text -> !isNumber(text))) {
      return first;
    }
    waiting = true;
    return IntStream.rangeClosed(1, first.size()).mapToObj(Integer::toString).toList();
  }

  private boolean more() throws IOException {
    try {
      return lines.next();
    } catch (EOFException | ZipException broken) {
      throw new IOException(
          "%s is broken or cut off after line %d".formatted(file, lines.number()));
    } catch (IOException wrong) {
      throw new IOException("%s, %s".formatted(file, wrong.getMessage()));
    }
  }

  /** A first line without commas may have another separator. */
  private void again() throws IOException {
    String line = lines.text(0);
    for (char separator : new char[] {';', '\t'}) {
      if (line.indexOf(separator) >= 0) {
        lines.separator(separator);
        lines.split();
        return;
      }
    }
  }

  private static String tidied(String text) {
    return text.replace("\uFEFF", "").trim();
  }

  private static boolean isNumber(String text) {
    try {
      return !Double.isNaN(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private int[] columns(List<String> names) throws IOException {
    int[] places = new int[names.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = column(names.get(i));
    }
    return places;
  }

  private int column(String wanted) throws IOException {
    int place = header.indexOf(wanted);
    if (place < 0) {
      throw new IOException("%s has no column \"%s\" among %s".formatted(file, wanted, header));
    }
    return place;
  }

  /** The names in the first line. */
  public List<String> names() {
    return header;
  }

  /** The next reading, until there are no more. */
  public Optional<Reading> next() throws IOException {
    if (!waiting && !more()) {
      return Optional.empty();
    }
    waiting = false;
    if (lines.fields() != header.size()) {
      throw new IOException(
          "line %d of %s has %d fields, the first line has %d"
              .formatted(lines.number(), file, lines.fields(), header.size()));
    }
    try {
      return Optional.of(reading());
    } catch (Unreadable unreadable) {
      throw new IOException(
          "line %d of %s: %s".formatted(lines.number(), file, unreadable.reason()));
    }
  }

  private Reading reading() throws Unreadable {
    long at = time == NONE ? rows * MINUTE : form().millis(lines.text(time));
    rows++;
    String key = series == NONE ? name : lines.text(series);
    if (key.isEmpty()) {
      throw new Unreadable("the series is missing");
    }
    double[] read = columns.symbols().any() ? symbols() : numbers(values);
    return new Reading(key, at, at, read, numbers(covariates));
  }

  private double[] symbols() {
    double[] places = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      String text = lines.text(values[i]);
      places[i] = text.isBlank() ? Double.NaN : columns.symbols().place(text);
    }
    return places;
  }

  private double[] numbers(int[] places) throws Unreadable {
    double[] numbers = places.length == 0 ? NO_COVARIATES : new double[places.length];
    for (int i = 0; i < places.length; i++) {
      int field = places[i];
      numbers[i] =
          Decimal.parse(header.get(field), lines.bytes(), lines.start(field), lines.end(field));
    }
    return numbers;
  }

  private TimeForm form() {
    if (form.isEmpty()) {
      form = Optional.of(new TimeForm(unit(lines.text(time)), columns.zone()));
    }
    return form.get();
  }

  /** Counts since 1970 tell their unit by their length: 10 digits are seconds until the year 2286. */
  private static TimeForm.Unit unit(String first) {
    String digits = first.trim().replaceFirst("\\..*", "").replaceFirst("^-", "");
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return TimeForm.Unit.ISO;
    }
    if (digits.length() <= 11) {
      return TimeForm.Unit.SECONDS;
    }
    if (digits.length() <= 14) {
      return TimeForm.Unit.MILLIS;
    }
    return digits.length() <= 17 ? TimeForm.Unit.MICROS : TimeForm.Unit.NANOS;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
