package io.sluice.retrain;

import io.sluice.forecast.Reading;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Readings of one series as bytes, one or a whole chunk of them.
 *
 * <pre>
 *   version u8 = 1 │ values u16 │ covariates u16 │ then for each reading: time i64 │ f64 × values │ f64 × covariates
 * </pre>
 *
 * <p>When the log took a reading is not kept: it was asked for at the door.
 */
final class ReadingBytes {
  private static final int VERSION = 1;
  private static final int HEAD = 5;

  private ReadingBytes() {}

  static byte[] of(Reading reading) {
    int values = reading.values().length;
    int covariates = reading.covariates().length;
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + Double.BYTES * (1 + values + covariates));
    bytes.put((byte) VERSION).putShort((short) values).putShort((short) covariates);
    bytes.putLong(reading.time());
    for (double value : reading.values()) {
      bytes.putDouble(value);
    }
    for (double covariate : reading.covariates()) {
      bytes.putDouble(covariate);
    }
    return bytes.array();
  }

  /** One chunk of several, in their order; all alike. */
  static byte[] joined(List<byte[]> parts) {
    int length = HEAD;
    for (byte[] part : parts) {
      length += part.length - HEAD;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    joined.put(parts.get(0), 0, HEAD);
    for (byte[] part : parts) {
      joined.put(part, HEAD, part.length - HEAD);
    }
    return joined.array();
  }

  /** Of the first reading in it. */
  static long time(byte[] part) {
    return ByteBuffer.wrap(part).getLong(HEAD);
  }

  /** Whether both hold readings of as many values and covariates. */
  static boolean alike(byte[] one, byte[] other) {
    return ByteBuffer.wrap(one, 0, HEAD).equals(ByteBuffer.wrap(other, 0, HEAD));
  }

  static List<Reading> read(String series, byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "history in layout %d; this program reads layout %d".formatted(version, VERSION));
    }
    int values = in.readUnsignedShort();
    int covariates = in.readUnsignedShort();
    List<Reading> readings = new ArrayList<>();
    while (in.available() > 0) {
      long time = in.readLong();
      readings.add(new Reading(series, time, time, doubles(in, values), doubles(in, covariates)));
    }
    return readings;
  }

  private static double[] doubles(DataInputStream in, int count) throws IOException {
    double[] doubles = new double[count];
    for (int i = 0; i < count; i++) {
      doubles[i] = in.readDouble();
    }
    return doubles;
  }
}
