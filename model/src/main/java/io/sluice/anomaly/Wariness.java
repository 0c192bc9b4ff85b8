package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What makes readings of one variable surprising: a value far from any before it; a stretch of values unlike any before it;
 * an outline, drawn over a season, of a shape never seen. Each sort is told as evidence against its own past, and together
 * they are added. What was told is not told again until there is a third more to tell, or time has passed.
 *
 * <p>The past is remembered, not modelled, so that what has been seen once is new no more: 8 bytes of every variable for
 * each value that is.
 *
 * <pre>
 *   past i32 │ centre f64 │ deviation f64 │ told f64 │ seen i32
 *   Tail × 4 │ Novelty │ Discord        the fourth Tail since layout 3
 * </pre>
 */
public final class Wariness {
  private static final int FIRST_PAST = 4096;
  private static final int MOST_PAST = 1 << 16;

  private static final double FAR = 8;
  private static final int SPAN = 2000;
  private static final int OPENING = 32;

  /** Share of the series' own deviation below which a distance is no matter. */
  private static final double FLOOR = 0.1;

  private static final double FLAT = 1e-9;
  private static final double OUTLINE_FLOOR = 0.2;

  private static final double FADES = 0.9965;
  private static final double MORE = 1.35;

  private final Tail values = new Tail(0, 0.5, 10);
  private final Tail stretches = new Tail(0, 0.5, 10);
  private final Tail outlines = Tail.lasting(OUTLINE_FLOOR, 0.2, 30);
  private final Tail halves = Tail.lasting(OUTLINE_FLOOR, 0.2, 30);
  private final Novelty novelty = new Novelty();
  private final Discord discord = new Discord();
  private int past;
  private double centre;
  private double deviation;
  private double told;
  private int seen;

  /** From now on so many values, and points of the outline; of those known the last stay. */
  void remember(int values) {
    if (past != values) {
      past = values;
      novelty.keep(values);
      discord.keep(values);
    }
  }

  /** The evidence that this value is out of the ordinary, as −log10 of a chance; learns from it. */
  double weigh(double value, int period, NoveltySearch search, DiscordSearch outlineSearch) {
    double floor = floor(value);
    novelty.push(value);
    double evidence = among(values, search.value(novelty, values.ordinary()), floor);
    evidence += among(stretches, search.stretch(novelty, stretches.ordinary()), floor);
    evidence += outline(value, period, outlineSearch);
    learn(value);
    return tell(evidence);
  }

  /** What leaves a constant has no deviation to be measured by: it is held against its own size, so that evidence is finite. */
  private double floor(double value) {
    double size = Math.max(Math.abs(centre), Math.abs(value));
    return FLOOR * deviation + FLAT * size + Double.MIN_NORMAL;
  }

  private static double among(Tail tail, double distance, double floor) {
    if (Double.isNaN(distance)) {
      return 0;
    }
    double evidence = tail.evidence(distance, floor);
    tail.learn(distance);
    return evidence;
  }

  private double outline(double value, int period, DiscordSearch search) {
    discord.fit(period, novelty);
    if (!discord.draw(value) || !search.due(discord)) {
      return 0;
    }
    search.seek(discord, outlines.ordinary(), halves.ordinary());
    return Math.max(
        among(outlines, search.whole(), OUTLINE_FLOOR),
        among(halves, search.half(), OUTLINE_FLOOR));
  }

  private void learn(double value) {
    seen = Math.min(seen + 1, SPAN);
    double distance = Math.abs(value - centre);
    if (seen > OPENING && deviation > 0) {
      distance = Math.min(distance, FAR * deviation);
    }
    centre += Math.copySign(distance, value - centre) / seen;
    deviation += (distance - deviation) / seen;
  }

  private double tell(double evidence) {
    told *= FADES;
    if (evidence <= MORE * told) {
      return 0;
    }
    told = evidence;
    return evidence;
  }

  public void write(DataOutput out) throws IOException {
    out.writeInt(past);
    out.writeDouble(centre);
    out.writeDouble(deviation);
    out.writeDouble(told);
    out.writeInt(seen);
    values.write(out);
    stretches.write(out);
    outlines.write(out);
    halves.write(out);
    novelty.write(out);
    discord.write(out);
  }

  /** @param layout of the memory that it is part of */
  public void read(DataInput in, int layout) throws IOException {
    if (layout == 1) {
      remember(FIRST_PAST);
      skipFirst(in);
      return;
    }
    int kept = in.readInt();
    if (kept < 0 || kept > MOST_PAST) {
      throw new IOException("a past of %d values, at most %d".formatted(kept, MOST_PAST));
    }
    remember(kept);
    centre = in.readDouble();
    deviation = in.readDouble();
    told = in.readDouble();
    seen = in.readInt();
    values.read(in);
    stretches.read(in);
    outlines.read(in);
    if (layout > 2) {
      halves.read(in);
    }
    novelty.read(in, layout);
    discord.read(in);
  }

  /** What layout 1 remembered was of another sort: but for the outline, the wariness begins afresh. */
  private void skipFirst(DataInput in) throws IOException {
    in.skipBytes(8 * Double.BYTES + Integer.BYTES);
    for (int tail = 0; tail < 3; tail++) {
      Tail.skipFirst(in);
    }
    discord.read(in);
  }
}
