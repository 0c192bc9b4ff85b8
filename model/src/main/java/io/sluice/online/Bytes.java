package io.sluice.online;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Rows of numbers as bytes, big-endian; their length stands elsewhere. */
final class Bytes {
  private Bytes() {}

  static void write(DataOutput out, double[] numbers) throws IOException {
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  static void read(DataInput in, double[] numbers) throws IOException {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
  }
}
