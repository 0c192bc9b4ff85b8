package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;

/**
 * What a series' alerts remember: the episode under way or the last one, and what people said of it.
 *
 * <pre>
 *   parts u8: 1 open │ 2 rung │ 4 labelled                                                  since layout 3
 *   rung:     kind u8 │ calm u16 │ start i64 │ end i64 │ peak i64 │ severity f64
 *   labelled: shift f64 │ before f64 │ labelled i64
 * </pre>
 *
 * <p>In layout 2 open u8 │ kind u8 │ calm u16 │ start i64 │ end i64 │ peak i64 │ severity f64 │ f64 │ shift f64.
 */
public final class Vigil {
  private static final Kind[] KINDS = Kind.values();

  /** Decades of chance by which a true alert lowers the threshold, and how far all of them may. */
  private static final double WATCHFUL = 0.25;

  private static final double MOST_WATCHFUL = 1;

  /** How far false ones may raise it, and what share of the way each goes. */
  private static final double LEAST_WATCHFUL = 3;

  private static final double LESS_WATCHFUL = 1.0 / 3;

  /** After which half of what was said is forgotten. */
  private static final double HALF_LIFE = Duration.ofDays(30).toMillis();

  private static final int OPEN = 1;
  private static final int RUNG = 2;
  private static final int LABELLED = 4;

  private boolean open;
  private Kind kind = Kind.NORMAL;
  private int calm;
  private long start;
  private long end;
  private long peak;
  private double severity;
  private double shift;
  private double before;
  private long labelled = Long.MIN_VALUE;

  boolean open() {
    return open;
  }

  /** Whether it already tells of that. */
  boolean tells(Suspicion suspicion) {
    return suspicion.evidence() < Suspicion.CERTAIN || suspicion.kind() == kind;
  }

  /** Of the last episode's last suspicious reading; the beginning of time before the first. */
  public long end() {
    return rung() ? end : Long.MIN_VALUE;
  }

  /** By which the threshold's evidence is raised or lowered at that time. */
  double shift(long time) {
    boolean none = shift == 0 || time <= labelled;
    return none ? shift : shift * StrictMath.pow(0.5, (time - labelled) / HALF_LIFE);
  }

  void begin(Suspicion suspicion, Occasion occasion) {
    open = true;
    kind = suspicion.kind();
    start = occasion.time();
    severity = -1;
    goOn(suspicion, occasion);
  }

  void goOn(Suspicion suspicion, Occasion occasion) {
    calm = 0;
    end = occasion.time();
    if (occasion.surprise() > severity) {
      severity = occasion.surprise();
      peak = occasion.time();
    }
  }

  /** Whether it ever told of anything. */
  public boolean rung() {
    return kind != Kind.NORMAL;
  }

  /** One more calm reading; after so many of them the episode is over. */
  void calm(int enough) {
    calm++;
    open = calm < enough;
  }

  /** An episode whose last suspicious reading lies before that time is over. */
  public void endBefore(long time) {
    open = open && end >= time;
  }

  /**
   * Hears a person. What was false or nobody minds must be ten times rarer before it alerts again, after many of them a
   * thousand times; well that it was told takes back half of that, and makes the series a little more watchful. Of what is
   * said of one episode the last word counts. An episode that was none of ours is over.
   */
  public void hear(Label label, long time) {
    boolean again = time == labelled || within(time) && within(labelled);
    before = again ? before : shift(time);
    labelled = Math.max(time, labelled);
    shift =
        switch (label) {
          case TRUE -> Math.max(Math.min(before / 2, before - WATCHFUL), -MOST_WATCHFUL);
          case FALSE, BENIGN -> before + LESS_WATCHFUL * (LEAST_WATCHFUL - before);
          case MAINTENANCE -> before;
        };
    open = open && (label == Label.TRUE || time < start);
  }

  /** Of the last episode. */
  private boolean within(long time) {
    return start <= time && time <= end();
  }

  Episode episode(String series) {
    return new Episode(series + "@" + start, start, end, severity, peak);
  }

  public void write(DataOutput out) throws IOException {
    boolean heard = labelled != Long.MIN_VALUE;
    out.writeByte((open ? OPEN : 0) | (rung() ? RUNG : 0) | (heard ? LABELLED : 0));
    if (rung()) {
      out.writeByte(kind.ordinal());
      out.writeShort(calm);
      out.writeLong(start);
      out.writeLong(end);
      out.writeLong(peak);
      out.writeDouble(severity);
    }
    if (heard) {
      out.writeDouble(shift);
      out.writeDouble(before);
      out.writeLong(labelled);
    }
  }

  /** @param layout of the memory that it is part of */
  public void read(DataInput in, int layout) throws IOException {
    int parts = in.readUnsignedByte();
    open = (parts & OPEN) != 0;
    if (layout < 3) {
      readEpisode(in);
      in.readDouble();
      shift = in.readDouble();
      before = shift;
      labelled = shift == 0 ? Long.MIN_VALUE : end();
      return;
    }
    if ((parts & RUNG) != 0) {
      readEpisode(in);
    }
    if ((parts & LABELLED) != 0) {
      shift = in.readDouble();
      before = in.readDouble();
      labelled = in.readLong();
    }
  }

  private void readEpisode(DataInput in) throws IOException {
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
  }
}
