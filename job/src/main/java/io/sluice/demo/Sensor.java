package io.sluice.demo;

import java.util.Locale;
import java.util.Random;

/** One simulated sensor: a value for each moment, disturbed while it has a fault. */
final class Sensor {
  private static final double DAY = 86_400_000;
  private static final double WEEK = 7 * DAY;
  private static final double WINDING = DAY / 3;

  /** Days after its first reading at which a sensor begins to change its ways, and until it has. */
  private static final double CHANGES = 5 * DAY;

  private static final double CHANGED = 11 * DAY;

  /**
   * Kinds of sensors: how strongly each goes with the day and the week, drifts and trembles. Flow goes over from one wave a
   * day to two within a week, as where a second shift begins: what was learnt before fits it less and less.
   */
  private enum Kind {
    TEMPERATURE(21, 4, 0.5, 0.002, 0.3),
    LOAD(60, 25, 12, 0, 3),
    PRESSURE(1013, 1, 4, 0.01, 0.4),
    VIBRATION(2, 0.4, 0.3, 0.0005, 0.15),
    FLOW(120, 30, 20, -0.01, 2);

    private final double mean;
    private final double daily;
    private final double weekly;
    private final double drift;
    private final double noise;

    Kind(double mean, double daily, double weekly, double drift, double noise) {
      this.mean = mean;
      this.daily = daily;
      this.weekly = weekly;
      this.drift = drift;
      this.noise = noise;
    }
  }

  private final String name;
  private final Kind kind;
  private final Random random;
  private final double phase;
  private double wander;
  private double last;
  private long born;

  Sensor(int number, long seed) {
    kind = Kind.values()[number % Kind.values().length];
    name = kind.name().toLowerCase(Locale.ROOT) + "-" + number;
    random = new Random(seed * 31 + number);
    phase = random.nextDouble();
  }

  String name() {
    return name;
  }

  /** The value at that moment; {@code fault} is the one it suffers from, or null. */
  double value(long time, Fault.Kind fault) {
    born = born == 0 ? time : born;
    wander += kind.drift * random.nextGaussian();
    double day = day(time);
    double noise = kind.noise * random.nextGaussian();
    double sound = kind.mean + wander + kind.daily * day + kind.weekly * week(time) + noise;
    double told = fault == null ? sound : disturbed(sound, fault);
    last = told;
    return told;
  }

  private double day(long time) {
    double once = Math.sin(2 * Math.PI * (time / DAY + phase));
    double twice = Math.sin(2 * Math.PI * (2 * time / DAY + phase));
    double share = kind == Kind.FLOW ? (time - born - CHANGES) / (CHANGED - CHANGES) : 0;
    double changed = Math.min(1, Math.max(0, share));
    return once + changed * (twice - once);
  }

  /** Higher on five days than on two; plants wind down and up within hours. */
  private static double week(long time) {
    double into = time % WEEK;
    double down = Math.min(1, Math.max(0, (into - 5 * DAY) / WINDING));
    double up = Math.min(1, Math.max(0, (into - 7 * DAY + WINDING) / WINDING));
    return 0.4 - 1.4 * (down - up);
  }

  private double disturbed(double sound, Fault.Kind fault) {
    double much = 15 * kind.noise + kind.daily;
    return switch (fault) {
      case SPIKE -> sound + much;
      case DIP -> sound - much;
      case LEVEL -> sound + 0.7 * much;
      case VARIANCE -> sound + 4 * kind.noise * random.nextGaussian();
      case FLAT -> last;
      case SILENCE, CLOCK -> sound;
    };
  }
}
