package io.sluice.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A fixed row of bits. In bytes: ceil(size / 8) of them, the first bit lowest. */
final class Flags {
  private final byte[] bits;

  Flags(int size) {
    bits = new byte[(size + 7) / 8];
  }

  boolean up(int index) {
    return (bits[index >> 3] >> (index & 7) & 1) != 0;
  }

  void set(int index, boolean up) {
    int bit = 1 << (index & 7);
    bits[index >> 3] = (byte) (up ? bits[index >> 3] | bit : bits[index >> 3] & ~bit);
  }

  void write(DataOutput out) throws IOException {
    out.write(bits);
  }

  void read(DataInput in) throws IOException {
    in.readFully(bits);
  }
}
