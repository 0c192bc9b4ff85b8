package io.sluice.connectors.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes a CSV file field by field, gzipped where its name ends with {@code .gz}. Missing numbers are empty fields. */
public final class CsvWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Writer out;
  private final int columns;
  private int field;

  private CsvWriter(Writer out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /** Begins the file with its header. */
  public static CsvWriter create(Path file, String... header) throws IOException {
    OutputStream bytes = Files.newOutputStream(file);
    boolean zipped = file.toString().endsWith(".gz");
    OutputStream sink = zipped ? new GZIPOutputStream(bytes, BUFFER) : bytes;
    Writer text = new BufferedWriter(new OutputStreamWriter(sink, UTF_8), BUFFER);
    CsvWriter writer = new CsvWriter(text, header.length);
    for (String name : List.of(header)) {
      writer.text(name);
    }
    return writer.end();
  }

  public CsvWriter text(String text) throws IOException {
    separate();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    out.write(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
    return this;
  }

  public CsvWriter whole(long number) throws IOException {
    separate();
    out.write(Long.toString(number));
    return this;
  }

  /** The shortest decimal that reads back as the same number. */
  public CsvWriter number(double number) throws IOException {
    separate();
    if (!Double.isNaN(number)) {
      out.write(NumberOutput.toString(number, true));
    }
    return this;
  }

  public CsvWriter truth(boolean truth) throws IOException {
    separate();
    out.write(Boolean.toString(truth));
    return this;
  }

  /** A time, given in epoch milliseconds, as {@code 2024-03-31T02:30:15Z}. */
  public CsvWriter time(long millis) throws IOException {
    separate();
    out.write(Instant.ofEpochMilli(millis).toString());
    return this;
  }

  /** Ends the row, which must have as many fields as the header. */
  public CsvWriter end() throws IOException {
    if (field != columns) {
      throw new IllegalStateException(
          "a row of %d fields under a header of %d".formatted(field, columns));
    }
    out.write('\n');
    field = 0;
    return this;
  }

  private void separate() throws IOException {
    if (field++ > 0) {
      out.write(',');
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
