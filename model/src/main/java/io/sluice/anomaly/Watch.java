package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Watches the errors of one variable's forecasts for whatever has a name: one reading aside, a run of them to one side, a
 * spread that grew or fell, a value that does not move. Each test has its own {@code Tail}, so that its evidence is a
 * chance whatever the noise is like; about 300 bytes and half a microsecond.
 *
 * <pre>
 *   spread f64 │ run f64 │ trembling f64 │ seen i32 │ Tail × 5 │ Stillness │ Doubt │ Restraint    the last since layout 3
 *
 *   error ─┬─► single, outline ─► spike, dip ─► Doubt ─► level
 *          ├─► run ────► level
 *          └─► trembling ────► variance                value ─► Stillness ─► flat
 * </pre>
 */
public final class Watch {
  /** Errors from which the spread is learnt before anything is measured by it. */
  private static final int OPENING = 32;

  private static final int SPAN = 1000;
  private static final double RUN = 0.2;
  private static final double TREMBLING = 1.0 / 16;

  /** What is a mean over readings is learnt once in so many: a change must not teach its own beginning to be usual. */
  private static final int APART = 4;

  /** An error counts as at most so many spreads: in the spread, in a run. */
  private static final double FAR = 8;

  private static final double NEAR = 4;
  private static final double FLAT = 1e-9;
  private static final double STILLEST = 0.01;

  private final Tail single = new Tail(1.5, 0.2, 10);
  private final Tail runs = new Tail(0.5, 0.15, 10);
  private final Tail wilder = new Tail(2.5, 0.3, 10);
  private final Tail calmer = new Tail(2.5, 0.3, 10);
  private final Tail others = new Tail(1, 0.25, 10);
  private final Stillness stillness = new Stillness();
  private final Doubt doubt = new Doubt();
  private final Restraint restraint = new Restraint();
  private double spread;
  private double run;
  private double trembling = 1;
  private int seen;

  /**
   * Adds to the suspicion what this reading is suspected of, and learns from it unless it is one of a run of odd ones.
   *
   * @param expected NaN where nothing was
   * @param change since the reading before, as it was forecast
   * @return the error in spreads, 0 where there is none
   */
  public double weigh(double value, double expected, double change, Suspicion suspicion) {
    double still = suspicion.among(stillness.evidence(value));
    suspicion.keep(Kind.FLAT, still, 0, Math.max(1, stillness.still()));
    if (doubt.open()) {
      int side = doubt.side();
      suspicion.keep(Kind.LEVEL, doubt.hear(value, change), side, suspicion.patience());
    }
    if (Double.isNaN(expected)) {
      return 0;
    }
    double error = value - expected;
    double way = 0;
    if (seen >= OPENING) {
      way = error / (spread + FLAT * Math.abs(value) + Double.MIN_NORMAL);
      double odd = Math.max(still, compare(value, error, way, suspicion));
      if (!restraint.allows(odd >= Suspicion.ALARMING)) {
        return cut(way);
      }
      teach(way);
    }
    learn(error);
    return cut(way);
  }

  private static double cut(double way) {
    return Math.max(-FAR, Math.min(FAR, way));
  }

  private void learn(double error) {
    seen = Math.min(seen + 1, Integer.MAX_VALUE - 1);
    double size = Math.abs(error);
    double believed = seen > OPENING ? Math.min(size, FAR * Math.max(spread, FLAT * size)) : size;
    spread += (believed - spread) / Math.min(seen, SPAN);
  }

  /** Evidence of another kind, on any scale, by which a reading lies on that side of what was expected. */
  public void weighOther(double evidence, int side, Suspicion suspicion) {
    suspicion.keep(aside(side), suspicion.among(others.evidence(evidence)), side);
    others.learn(evidence);
  }

  /** How odd it is. */
  private double compare(double value, double error, double way, Suspicion suspicion) {
    double near = Math.max(-NEAR, Math.min(NEAR, way));
    run += RUN * (near - run);
    trembling += TREMBLING * (Math.abs(near) - trembling);
    double wild = stretched(Math.max(trembling, STILLEST));
    int side = way < 0 ? -1 : 1;
    double leap = suspicion.among(single.evidence(Math.abs(way)));
    suspicion.keep(aside(side), leap, side);
    if (leap >= Suspicion.ALARMING && !doubt.open()) {
      doubt.begin(value, value - error, leap, suspicion.patience());
    }
    double level = suspicion.among(runs.evidence(Math.abs(run)));
    suspicion.keep(Kind.LEVEL, level, (int) Math.signum(run), 1 / RUN);
    double changed = suspicion.among(Math.max(wilder.evidence(wild), calmer.evidence(1 / wild)));
    suspicion.keep(Kind.VARIANCE, changed, 0, 1 / TREMBLING);
    return Math.max(leap, Math.max(level, changed));
  }

  private void teach(double way) {
    single.learn(Math.abs(way));
    if (seen % APART == 0) {
      double wild = stretched(Math.max(trembling, STILLEST));
      runs.learn(Math.abs(run));
      wilder.learn(wild);
      calmer.learn(1 / wild);
    }
  }

  /** A mean spreads so little that a tail would take too large steps along it; the fifth power of it spreads like an error. */
  private static double stretched(double mean) {
    return mean * mean * mean * mean * mean;
  }

  private static Kind aside(int side) {
    return side < 0 ? Kind.DIP : Kind.SPIKE;
  }

  /** Readings that it has heard and that had been forecast. */
  public int known() {
    return seen;
  }

  /** After the last reading. */
  public Symptoms symptoms() {
    return new Symptoms(
        stillness.still(),
        spread,
        run,
        trembling,
        doubt.toldErred(),
        doubt.heldErred(),
        doubt.left());
  }

  public void write(DataOutput out) throws IOException {
    out.writeDouble(spread);
    out.writeDouble(run);
    out.writeDouble(trembling);
    out.writeInt(seen);
    for (Tail tail : tails()) {
      tail.write(out);
    }
    stillness.write(out);
    doubt.write(out);
    restraint.write(out);
  }

  /** @param layout of the memory that it is part of */
  public void read(DataInput in, int layout) throws IOException {
    spread = in.readDouble();
    run = in.readDouble();
    trembling = in.readDouble();
    seen = in.readInt();
    for (Tail tail : tails()) {
      tail.read(in);
    }
    stillness.read(in);
    doubt.read(in);
    if (layout > 2) {
      restraint.read(in);
    }
  }

  private Tail[] tails() {
    return new Tail[] {single, runs, wilder, calmer, others};
  }
}
