package io.sluice.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Rows of numbers as bytes, big-endian; their length stands elsewhere. */
final class Numbers {
  private Numbers() {}

  static void write(DataOutput out, float[] numbers) throws IOException {
    for (float number : numbers) {
      out.writeFloat(number);
    }
  }

  static void read(DataInput in, float[] numbers) throws IOException {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readFloat();
    }
  }

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

  static void write(DataOutput out, short[] numbers) throws IOException {
    for (short number : numbers) {
      out.writeShort(number);
    }
  }

  static void read(DataInput in, short[] numbers) throws IOException {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readShort();
    }
  }

  static void write(DataOutput out, int[] numbers) throws IOException {
    for (int number : numbers) {
      out.writeInt(number);
    }
  }

  static void read(DataInput in, int[] numbers) throws IOException {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readInt();
    }
  }
}
