package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a series' alerts remember: the episode under way or the last one, and what people said of it.
 *
 * <pre>
 *   open u8 │ kind u8 │ calm u16 │ start i64 │ end i64 │ peak i64 │ severity f64 │ evidence f64 │ shift f64
 * </pre>
 */
public final class Vigil {
  private static final Kind[] KINDS = Kind.values();

  /** Decades of chance by which a label moves the threshold, and how far all of them may. */
  private static final double WATCHFUL = 0.25;

  private static final double MOST_WATCHFUL = 1;
  private static final double LEAST_WATCHFUL = 6;

  private boolean open;
  private Kind kind = Kind.NORMAL;
  private int calm;
  private long start;
  private long end;
  private long peak;
  private double severity;
  private double evidence;
  private double shift;

  boolean open() {
    return open;
  }

  /** Whether it already tells of that. */
  boolean tells(Suspicion suspicion) {
    return suspicion.evidence() < Suspicion.CERTAIN || suspicion.kind() == kind;
  }

  /** Of the last episode's last suspicious reading; the beginning of time before the first. */
  long end() {
    return kind == Kind.NORMAL ? Long.MIN_VALUE : end;
  }

  /** By which the threshold's evidence was raised or lowered. */
  double shift() {
    return shift;
  }

  void begin(Suspicion suspicion, Occasion occasion) {
    open = true;
    kind = suspicion.kind();
    start = occasion.time();
    severity = -1;
    evidence = 0;
    goOn(suspicion, occasion);
  }

  void goOn(Suspicion suspicion, Occasion occasion) {
    calm = 0;
    end = occasion.time();
    evidence = Math.max(evidence, suspicion.evidence());
    if (occasion.surprise() > severity) {
      severity = occasion.surprise();
      peak = occasion.time();
    }
  }

  /** One more calm reading; after so many of them the episode is over. */
  void calm(int enough) {
    calm++;
    open = calm < enough;
  }

  /**
   * Hears a person. What was false or nobody minds must be ten times rarer before it alerts again; well that it was told
   * makes the series a little more watchful. An episode that was none of ours is over.
   */
  public void hear(Label label, long time) {
    switch (label) {
      case TRUE -> shift = Math.max(shift - WATCHFUL, -MOST_WATCHFUL);
      case FALSE, BENIGN -> shift = Math.min(shift + 1, LEAST_WATCHFUL);
      case MAINTENANCE -> {
        // says nothing of the series
      }
    }
    open = open && (label == Label.TRUE || time < start);
  }

  Episode episode(String series) {
    return new Episode(series + "@" + start, start, end, severity, peak);
  }

  public void write(DataOutput out) throws IOException {
    out.writeBoolean(open);
    out.writeByte(kind.ordinal());
    out.writeShort(calm);
    out.writeLong(start);
    out.writeLong(end);
    out.writeLong(peak);
    out.writeDouble(severity);
    out.writeDouble(evidence);
    out.writeDouble(shift);
  }

  public void read(DataInput in) throws IOException {
    open = in.readBoolean();
    int ordinal = in.readUnsignedByte();
    if (ordinal >= KINDS.length) {
      throw new IOException("an episode of kind %d; there are %d".formatted(ordinal, KINDS.length));
    }
    kind = KINDS[ordinal];
    calm = in.readUnsignedShort();
    start = in.readLong();
    end = in.readLong();
    peak = in.readLong();
    severity = in.readDouble();
    evidence = in.readDouble();
    shift = in.readDouble();
  }
}
