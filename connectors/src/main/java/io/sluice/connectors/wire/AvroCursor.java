package io.sluice.connectors.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.connectors.Unreadable;
import java.util.Arrays;

/**
 * Avro's primitives out of bytes that may be hostile: no length is believed before it has been held against what is left,
 * and what a message can cost in steps and in depth is bounded by its size.
 */
final class AvroCursor {
  private static final int MAX_DEPTH = 64;
  private static final long FREE_STEPS = 10_000;
  private static final long STEPS_A_BYTE = 16;

  private final byte[] bytes;
  private int at;
  private int depth;
  private long steps;

  AvroCursor(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
    this.steps = FREE_STEPS + STEPS_A_BYTE * bytes.length;
  }

  /** One value more: values of no bytes, such as null, are told apart by nothing else. */
  void step() throws Unreadable {
    if (--steps < 0) {
      throw new Unreadable("more values than its %d bytes can hold".formatted(bytes.length));
    }
  }

  void enter() throws Unreadable {
    if (++depth > MAX_DEPTH) {
      throw new Unreadable("nested deeper than " + MAX_DEPTH);
    }
  }

  void leave() {
    depth--;
  }

  long readLong() throws Unreadable {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = readByte();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new Unreadable("a number of more than ten bytes");
  }

  /** An index below {@code count}. */
  int readIndex(int count) throws Unreadable {
    long index = readLong();
    if (index < 0 || index >= count) {
      throw new Unreadable("branch %d of %d".formatted(index, count));
    }
    return (int) index;
  }

  boolean readBoolean() throws Unreadable {
    return readByte() != 0;
  }

  float readFloat() throws Unreadable {
    return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
  }

  double readDouble() throws Unreadable {
    return Double.longBitsToDouble(littleEndian(Double.BYTES));
  }

  String readString() throws Unreadable {
    int length = readLength();
    at += length;
    return new String(bytes, at - length, length, UTF_8);
  }

  byte[] readBytes(int length) throws Unreadable {
    skip(length);
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /** A length that is known to be there. */
  int readLength() throws Unreadable {
    long length = readLong();
    checkLeft(length);
    return (int) length;
  }

  void skip(long length) throws Unreadable {
    checkLeft(length);
    at += (int) length;
  }

  void end() throws Unreadable {
    if (at != bytes.length) {
      throw new Unreadable("%d bytes follow the record".formatted(bytes.length - at));
    }
  }

  private void checkLeft(long length) throws Unreadable {
    if (length < 0 || length > bytes.length - at) {
      throw new Unreadable(
          "a length of %d where %d bytes are left".formatted(length, bytes.length - at));
    }
  }

  private byte readByte() throws Unreadable {
    checkLeft(1);
    return bytes[at++];
  }

  private long littleEndian(int count) throws Unreadable {
    checkLeft(count);
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (bytes[at++] & 0xffL) << 8 * i;
    }
    return value;
  }
}
