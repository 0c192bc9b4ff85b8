package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What makes readings of one variable surprising: how far they lie from what was expected, one by one and in short runs;
 * that they lie beyond all there was; that their outline is unlike any before. Each is told as evidence against its own
 * past, and what was just told counts less when it is told again.
 *
 * <pre>
 *   spread f64 │ run f64 │ centre f64 │ deviation f64 │ least f64 │ most f64 │ told f64 × 2 │ seen i32
 *   Tail × 3 │ Discord
 * </pre>
 */
public final class Wariness {
  /** Points of the outline kept: some 170 seasons. */
  static final int OUTLINE = 4096;

  private static final double RUN = 0.2;
  private static final double FAR = 8;
  private static final int SPREAD_SPAN = 1000;
  private static final int CENTRE_SPAN = 2000;
  private static final int OPENING = 100;

  /** Share of the series' own deviation below which an error is no matter. */
  private static final double FLOOR = 0.4;

  private static final double FLAT = 1e-9;

  /** Share of the range by which a record must be broken, and the evidence that it is. */
  private static final double BROKEN = 0.02;

  private static final double RECORD = 2;
  private static final double WEIGHT = 0.7;
  private static final double TOLD_FADES = 0.995;
  private static final double OUTLINE_FADES = 0.998;

  private final Tail single = new Tail(0.02, 1.5, 0.5, 10);
  private final Tail runs = new Tail(0.02, 1.5, 0.5, 10);
  private final Tail outlines = new Tail(0.01, 0.1, 0.2, 30);
  private final Discord discord = new Discord(OUTLINE);
  private double spread;
  private double run;
  private double centre;
  private double deviation;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private double told;
  private double toldOutline;
  private int seen;

  /**
   * The evidence that this reading is out of the ordinary, as −log10 of a chance; learns from the reading.
   *
   * @param expected NaN where nothing was
   */
  double weigh(double value, double expected, int period, DiscordSearch search) {
    double error = Double.isNaN(expected) ? 0 : value - expected;
    double unit = spread + FLOOR * deviation + FLAT * Math.abs(centre) + Double.MIN_NORMAL;
    run += RUN * (error - run);
    double alone = Math.abs(error) / unit;
    double together = Math.abs(run) / unit;
    double evidence = WEIGHT * Math.max(single.evidence(alone), runs.evidence(together));
    evidence += record(value) ? RECORD : 0;
    double news = Math.max(0, evidence - told);
    told = Math.max(told * TOLD_FADES, evidence);
    single.learn(alone);
    runs.learn(together);
    learn(value, error);
    return news + outline(value, period, search);
  }

  private boolean record(double value) {
    double margin = BROKEN * (most - least);
    return seen > OPENING && margin > 0 && (value > most + margin || value < least - margin);
  }

  private void learn(double value, double error) {
    seen = Math.min(seen + 1, Integer.MAX_VALUE - 1);
    double size = Math.abs(error);
    size = spread > 0 ? Math.min(size, FAR * spread) : size;
    spread += (size - spread) / Math.min(seen, SPREAD_SPAN);
    double distance = Math.abs(value - centre);
    if (seen > 32 && deviation > 0) {
      distance = Math.min(distance, FAR * deviation);
    }
    int span = Math.min(seen, CENTRE_SPAN);
    centre += Math.copySign(distance, value - centre) / span;
    deviation += (distance - deviation) / span;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }

  private double outline(double value, int period, DiscordSearch search) {
    discord.fit(period);
    if (!discord.draw(value) || !search.due(discord)) {
      toldOutline *= OUTLINE_FADES;
      return 0;
    }
    double outline = search.distance(discord);
    double evidence = outlines.evidence(outline);
    double news = Math.max(0, evidence - toldOutline);
    toldOutline = Math.max(toldOutline * OUTLINE_FADES, evidence);
    outlines.learn(outline);
    return news;
  }

  public void write(DataOutput out) throws IOException {
    for (double number :
        new double[] {spread, run, centre, deviation, least, most, told, toldOutline}) {
      out.writeDouble(number);
    }
    out.writeInt(seen);
    single.write(out);
    runs.write(out);
    outlines.write(out);
    discord.write(out);
  }

  /** @param layout of the memory that it is part of */
  public void read(DataInput in, int layout) throws IOException {
    spread = in.readDouble();
    run = in.readDouble();
    centre = in.readDouble();
    deviation = in.readDouble();
    least = in.readDouble();
    most = in.readDouble();
    told = in.readDouble();
    toldOutline = in.readDouble();
    seen = in.readInt();
    for (Tail tail : new Tail[] {single, runs, outlines}) {
      if (layout == 1) {
        tail.readFirst(in);
      } else {
        tail.read(in);
      }
    }
    discord.read(in);
  }
}
