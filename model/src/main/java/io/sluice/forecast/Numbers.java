package io.sluice.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Rows of numbers as bytes, big-endian, a row at once; their length stands elsewhere. */
final class Numbers {
  private Numbers() {}

  static void write(DataOutput out, float[] numbers) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES);
    bytes.asFloatBuffer().put(numbers);
    out.write(bytes.array());
  }

  static void read(DataInput in, float[] numbers) throws IOException {
    bytes(in, numbers.length * Float.BYTES).asFloatBuffer().get(numbers);
  }

  static void write(DataOutput out, double[] numbers) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES);
    bytes.asDoubleBuffer().put(numbers);
    out.write(bytes.array());
  }

  static void read(DataInput in, double[] numbers) throws IOException {
    bytes(in, numbers.length * Double.BYTES).asDoubleBuffer().get(numbers);
  }

  static void write(DataOutput out, short[] numbers) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Short.BYTES);
    bytes.asShortBuffer().put(numbers);
    out.write(bytes.array());
  }

  static void read(DataInput in, short[] numbers) throws IOException {
    bytes(in, numbers.length * Short.BYTES).asShortBuffer().get(numbers);
  }

  static void write(DataOutput out, int[] numbers) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES);
    bytes.asIntBuffer().put(numbers);
    out.write(bytes.array());
  }

  static void read(DataInput in, int[] numbers) throws IOException {
    bytes(in, numbers.length * Integer.BYTES).asIntBuffer().get(numbers);
  }

  private static ByteBuffer bytes(DataInput in, int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
