package io.sluice.online;

import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Adds up how many bytes each faculty keeps. */
public final class Scales {
  private final int[] bytes = new int[Faculty.values().length];

  /** Something that can be written. */
  @FunctionalInterface
  public interface Kept {
    void write(DataOutput out) throws IOException;
  }

  /** Weighs what that one keeps, or a part of it. */
  public void weigh(Faculty faculty, Kept kept) {
    DataOutputStream out = new DataOutputStream(OutputStream.nullOutputStream());
    try {
      kept.write(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    bytes[faculty.ordinal()] += out.size();
  }

  /** In all. */
  public int bytes(Faculty faculty) {
    return bytes[faculty.ordinal()];
  }
}
