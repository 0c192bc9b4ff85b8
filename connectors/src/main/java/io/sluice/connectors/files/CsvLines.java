package io.sluice.connectors.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A CSV file line by line, its fields as places in one buffer that is used again. Quoted fields may hold separators,
 * doubled quotes and line ends.
 */
final class CsvLines implements AutoCloseable {
  private static final int MAX_LINE = 1 << 20;
  private static final int MAX_FIELDS = 10_000;
  private static final int END = -1;

  private final InputStream in;
  private final byte[] chunk = new byte[1 << 16];
  private int at;
  private int limit;
  private byte separator = ',';

  private byte[] line = new byte[1024];
  private int length;
  private int[] ends = new int[16];
  private int fields;
  private long number;

  CsvLines(InputStream in) {
    this.in = in;
  }

  void separator(char c) {
    separator = (byte) c;
  }

  /** Whether there was another line with something in it. */
  boolean next() throws IOException {
    do {
      length = 0;
      fields = 0;
      number++;
      if (!read()) {
        return false;
      }
    } while (fields == 1 && length == 0);
    return true;
  }

  private boolean read() throws IOException {
    int b = take();
    if (b == END) {
      return false;
    }
    while (true) {
      b = b == '"' ? quoted() : plain(b);
      end();
      if (b != separator) {
        return true;
      }
      b = take();
    }
  }

  /** Takes an unquoted field from its first byte on; returns what ended it. */
  private int plain(int first) throws IOException {
    int b = first;
    while (b != separator && b != '\n' && b != END) {
      add(b);
      b = take();
    }
    if (b != separator && length > start(fields) && line[length - 1] == '\r') {
      length--;
    }
    return b;
  }

  private int quoted() throws IOException {
    while (true) {
      int b = take();
      if (b == END) {
        throw new IOException("line %d: a quote is not closed".formatted(number));
      }
      if (b == '"') {
        b = take();
        if (b != '"') {
          return plain(b);
        }
      }
      add(b);
    }
  }

  /** Cuts the line last read, which has one field, by the separator as it is now. */
  void split() throws IOException {
    int whole = length;
    fields = 0;
    length = 0;
    byte[] uncut = Arrays.copyOf(line, whole);
    for (byte b : uncut) {
      if (b == separator) {
        end();
      } else {
        add(b);
      }
    }
    end();
  }

  private int take() throws IOException {
    if (at == limit) {
      at = 0;
      limit = in.read(chunk);
      if (limit <= 0) {
        limit = 0;
        return END;
      }
    }
    return chunk[at++];
  }

  private void add(int b) throws IOException {
    if (length == line.length) {
      if (length >= MAX_LINE) {
        throw new IOException("line %d is longer than %d bytes".formatted(number, MAX_LINE));
      }
      line = Arrays.copyOf(line, 2 * length);
    }
    line[length++] = (byte) b;
  }

  private void end() throws IOException {
    if (fields == ends.length) {
      if (fields >= MAX_FIELDS) {
        throw new IOException("line %d has more than %d fields".formatted(number, MAX_FIELDS));
      }
      ends = Arrays.copyOf(ends, 2 * fields);
    }
    ends[fields++] = length;
  }

  /** Of the line last read, from 1. */
  long number() {
    return number;
  }

  int fields() {
    return fields;
  }

  byte[] bytes() {
    return line;
  }

  int start(int field) {
    return field == 0 ? 0 : ends[field - 1];
  }

  int end(int field) {
    return ends[field];
  }

  String text(int field) {
    return new String(line, start(field), end(field) - start(field), UTF_8);
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>(fields);
    for (int field = 0; field < fields; field++) {
      texts.add(text(field));
    }
    return texts;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
