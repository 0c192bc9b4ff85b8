package io.sluice.forecast;

import io.sluice.contest.Pair;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a series remembers of a model that forecasts beside the one that answers: its recurrent memory, both models'
 * forecasts that wait for their reading, and what each has lost in this round. Moved by an {@code Understudy} in place.
 *
 * <pre>
 *   version u8 = 1 │ champion i64 │ challenger i64 │ round i64 │ step i64 │ since i64
 *   │ lost f64 × 2 │ forecasts i64 │ Encoding of the challenger
 *   │ slots i32 │ (champion's f32 │ challenger's f32) × quantiles × variables × lead, lead by lead
 * </pre>
 *
 * <p>Forecasts are kept as distances from the value they started from; of symbols each place's chance, one after the other. For
 * one thread at a time.
 */
public final class Shadow {
  private static final int VERSION = 1;
  private static final int MOST_SLOTS = 1 << 22;

  private final Pair pair;
  private final Encoding encoding = new Encoding();
  private long round = Long.MIN_VALUE;
  private long step;
  private long since;
  private double championLost;
  private double challengerLost;
  private long forecasts;
  private float[] waiting = {};

  private Shadow(Pair pair) {
    this.pair = pair;
  }

  /** Of a series that has just been drawn. */
  public static Shadow fresh(Pair pair) {
    return new Shadow(pair);
  }

  public Pair pair() {
    return pair;
  }

  /** Whether a step was ever made: a shadow without one need not be stored. */
  public boolean begun() {
    return round != Long.MIN_VALUE;
  }

  /** Of the last step. */
  public long round() {
    return round;
  }

  Encoding encoding() {
    return encoding;
  }

  /** Whether it has stood beside the step before this one. */
  boolean follows(long newStep) {
    return newStep == step + 1;
  }

  /** Makes room for so many numbers and waits for nothing. */
  void beginAnew(int slots) {
    encoding.forget();
    waiting = new float[slots];
    Arrays.fill(waiting, Float.NaN);
    round = Long.MIN_VALUE;
  }

  /** The first step of a round: what was forecast before it is not counted. */
  void turn(long newRound, long firstStep) {
    round = newRound;
    since = firstStep;
    championLost = 0;
    challengerLost = 0;
    forecasts = 0;
  }

  void stand(long newStep) {
    step = newStep;
  }

  /** The first step of the round. */
  long since() {
    return since;
  }

  /** By one forecast. */
  void lose(double champion, double challenger) {
    championLost += champion;
    challengerLost += challenger;
    forecasts++;
  }

  double championLost() {
    return championLost;
  }

  double challengerLost() {
    return challengerLost;
  }

  long forecasts() {
    return forecasts;
  }

  float[] waiting() {
    return waiting;
  }

  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(pair.champion());
    out.writeLong(pair.challenger());
    out.writeLong(round);
    out.writeLong(step);
    out.writeLong(since);
    out.writeDouble(championLost);
    out.writeDouble(challengerLost);
    out.writeLong(forecasts);
    encoding.write(out);
    out.writeInt(waiting.length);
    Numbers.write(out, waiting);
  }

  /** Reads exactly the bytes of one shadow. */
  public static Shadow read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "a shadow in layout %d; this program reads layout %d".formatted(version, VERSION));
    }
    Shadow shadow = new Shadow(new Pair(in.readLong(), in.readLong()));
    shadow.round = in.readLong();
    shadow.step = in.readLong();
    shadow.since = in.readLong();
    shadow.championLost = in.readDouble();
    shadow.challengerLost = in.readDouble();
    shadow.forecasts = in.readLong();
    shadow.encoding.read(in);
    int slots = in.readInt();
    if (slots < 0 || slots > MOST_SLOTS) {
      throw new IOException("a shadow of %d numbers".formatted(slots));
    }
    shadow.waiting = new float[slots];
    Numbers.read(in, shadow.waiting);
    return shadow;
  }
}
