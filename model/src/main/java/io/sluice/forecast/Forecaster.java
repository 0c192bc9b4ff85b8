package io.sluice.forecast;

import io.sluice.anomaly.Label;
import io.sluice.anomaly.Suspicion;
import io.sluice.online.Faculty;
import io.sluice.online.Stopwatch;
import java.util.Arrays;

/**
 * Moves the memory of a series by one reading and says what it makes of it.
 *
 * <pre>
 *   Reading ──► Door ──► Judge ──► Intake ──► Encoder ──► Outlook ──► Forecast
 *                 │        │          │         Model        │
 *                 └─ late  └─ Verdict └──────── Memory ──────┘
 * </pre>
 *
 * <p>A series of symbols goes from the Door to {@code SymbolForecaster}. The same memory, reading and model give the same
 * bits, wherever and however often. For one thread: it keeps scratch, and nothing of any series.
 */
public final class Forecaster {
  private final ForecastPlan plan;
  private final Shape shape;
  private final Door door;
  private final Judge judge;
  private final Intake intake;
  private final Outlook outlook;
  private final SymbolForecaster symbols;
  private final Stopwatch stopwatch = new Stopwatch();
  private final double[] nothing;
  private final double[] nothingKnown;

  public Forecaster(ForecastPlan plan) {
    this.plan = plan;
    shape = Shape.of(plan);
    door = new Door(plan);
    judge = new Judge(plan);
    intake = new Intake(plan);
    outlook = new Outlook(plan, stopwatch);
    symbols = new SymbolForecaster(plan, judge.suspicion());
    nothing = missing(plan.variables().size());
    nothingKnown = missing(plan.covariates().size());
  }

  private static double[] missing(int size) {
    double[] values = new double[size];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /** Steps the reading unless it is late, a repeat or ahead of the clock; {@code memory} is moved in place. */
  public void advance(Memory memory, Reading reading, Model model, Outcomes outcomes) {
    check(reading);
    takeUp(memory);
    if (!admits(memory, reading, outcomes)) {
      return;
    }
    bridge(memory, reading, model, outcomes);
    if (plan.symbols().any()) {
      symbols.advance(memory, reading, model, outcomes);
    } else {
      stopwatch.turnTo(Faculty.VERDICTS);
      outcomes.verdict(judge.verdict(memory, reading));
      Reading sound = judge.sound(reading);
      stopwatch.turnTo(Faculty.INTERVALS);
      judge.score(memory, sound);
      stopwatch.turnTo(Faculty.REST);
      long elapsed = memory.pace().seen() > 0 ? reading.time() - memory.time() : 0;
      intake.take(memory, elapsed, sound.values(), sound.covariates(), model);
      memory.pace().heard(reading.time(), Door.print(reading));
      outcomes.forecast(outlook.forecast(reading.series(), memory, model));
    }
  }

  /** Begins a memory anew that was formed under a plan of another shape; whether it had to. */
  public boolean takeUp(Memory memory) {
    boolean other = !memory.shape().equals(shape);
    if (other) {
      memory.begin(shape);
    }
    return other;
  }

  /** A person speaks of the series at that time: its thresholds move at once. */
  public void hear(Memory memory, Label label, long time) {
    memory.vigil().hear(label, time);
  }

  /** When a series that stays silent is to be forgotten, event time in epoch milliseconds. */
  public long retiresAt(Memory memory) {
    return memory.lastHeard() + plan.timing().retireAfter().toMillis();
  }

  /** Whether a reading finds a memory that should have been forgotten by its time. */
  public boolean outlived(Memory memory, Reading reading) {
    return memory.heard() && reading.time() >= retiresAt(memory) && !door.skewed(reading);
  }

  /** The last word on a series that is forgotten. */
  public void silence(String series, Memory memory, long time, Outcomes outcomes) {
    outcomes.verdict(judge.silent(series, time));
  }

  /** What the last reading was suspected of, until the next one. */
  public Suspicion suspicion() {
    return judge.suspicion();
  }

  /** Evidence from which a reading of the series alerts at that time. */
  public double threshold(Memory memory, long time) {
    return judge.threshold(memory, time);
  }

  /** What its time goes to, while that runs. */
  public Stopwatch stopwatch() {
    return stopwatch;
  }

  private void check(Reading reading) {
    expect(reading, "values", reading.values().length, nothing.length);
    expect(reading, "covariates", reading.covariates().length, nothingKnown.length);
  }

  private static void expect(Reading reading, String what, int sent, int taken) {
    if (sent != taken) {
      throw new IllegalArgumentException(
          "series \"%s\" sent %d %s, the plan takes %d"
              .formatted(reading.series(), sent, what, taken));
    }
  }

  private boolean admits(Memory memory, Reading reading, Outcomes outcomes) {
    if (door.skewed(reading)) {
      outcomes.verdict(judge.skewed(memory, reading));
      return false;
    }
    if (door.repeats(memory, reading)) {
      outcomes.repeat(reading);
      return false;
    }
    String lateness = door.lateness(memory, reading);
    if (!lateness.isEmpty()) {
      outcomes.late(reading, lateness);
    }
    return lateness.isEmpty();
  }

  /** From the last step to the reading: nothing, steps stood in for, or a break. */
  private void bridge(Memory memory, Reading reading, Model model, Outcomes outcomes) {
    long elapsed = memory.begun() ? reading.time() - memory.time() : 0;
    boolean aligned = plan.timing().aligned();
    if (elapsed > plan.timing().maxGap().toMillis()) {
      if (aligned || !memory.pace().usual(elapsed)) {
        memory.breakOff();
        outcomes.gap(reading);
      }
      return;
    }
    long interval = plan.timing().interval().toMillis();
    while (aligned && 2 * elapsed >= 3 * interval) {
      intake.take(memory, interval, nothing, nothingKnown, model);
      memory.pace().passed(memory.time() + interval);
      outcomes.forecast(outlook.forecast(reading.series(), memory, model));
      elapsed -= interval;
    }
  }
}
