package io.sluice.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The fields that what flows is made of, each written with its length first. */
final class Fields {
  private static final double[] NO_DOUBLES = {};
  private static final int[] NO_INTS = {};
  private static final int ABSENT = -1;

  private Fields() {}

  static void string(String string, DataOutputView target) throws IOException {
    bytes(string.getBytes(UTF_8), target);
  }

  static String string(DataInputView source) throws IOException {
    return new String(bytes(source.readInt(), source), UTF_8);
  }

  static void doubles(double[] doubles, DataOutputView target) throws IOException {
    target.writeInt(doubles.length);
    for (double number : doubles) {
      target.writeDouble(number);
    }
  }

  static double[] doubles(DataInputView source) throws IOException {
    int length = source.readInt();
    double[] doubles = length == 0 ? NO_DOUBLES : new double[length];
    for (int i = 0; i < length; i++) {
      doubles[i] = source.readDouble();
    }
    return doubles;
  }

  static void ints(int[] ints, DataOutputView target) throws IOException {
    target.writeInt(ints.length);
    for (int number : ints) {
      target.writeInt(number);
    }
  }

  static int[] ints(DataInputView source) throws IOException {
    int length = source.readInt();
    int[] ints = length == 0 ? NO_INTS : new int[length];
    for (int i = 0; i < length; i++) {
      ints[i] = source.readInt();
    }
    return ints;
  }

  static void longs(long[] longs, DataOutputView target) throws IOException {
    target.writeInt(longs.length);
    for (long number : longs) {
      target.writeLong(number);
    }
  }

  static long[] longs(DataInputView source) throws IOException {
    long[] longs = new long[source.readInt()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = source.readLong();
    }
    return longs;
  }

  static void original(Original original, DataOutputView target) throws IOException {
    string(original.topic(), target);
    target.writeInt(original.partition());
    target.writeLong(original.offset());
    target.writeLong(original.timestamp());
    optional(original.key(), target);
    optional(original.value(), target);
    target.writeInt(original.size());
    target.writeInt(original.headers().size());
    for (Header header : original.headers()) {
      string(header.name(), target);
      bytes(header.value(), target);
    }
  }

  static Original original(DataInputView source) throws IOException {
    return new Original(
        string(source),
        source.readInt(),
        source.readLong(),
        source.readLong(),
        optional(source),
        optional(source),
        source.readInt(),
        headers(source));
  }

  private static List<Header> headers(DataInputView source) throws IOException {
    int count = source.readInt();
    if (count == 0) {
      return List.of();
    }
    List<Header> headers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      headers.add(new Header(string(source), bytes(source.readInt(), source)));
    }
    return headers;
  }

  private static void optional(Optional<byte[]> bytes, DataOutputView target) throws IOException {
    if (bytes.isPresent()) {
      bytes(bytes.get(), target);
    } else {
      target.writeInt(ABSENT);
    }
  }

  private static Optional<byte[]> optional(DataInputView source) throws IOException {
    int length = source.readInt();
    return length == ABSENT ? Optional.empty() : Optional.of(bytes(length, source));
  }

  static void bytes(byte[] bytes, DataOutputView target) throws IOException {
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  static byte[] bytes(int length, DataInputView source) throws IOException {
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return bytes;
  }
}
