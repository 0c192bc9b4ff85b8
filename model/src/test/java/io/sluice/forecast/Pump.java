package io.sluice.forecast;

import java.util.Random;

/** A pump's readings, one a minute, with rhythm and noise and, if asked, all that goes wrong with sensors. */
final class Pump {
  private final Random random;
  private final boolean troubled;
  private long minute;

  Pump(long seed, boolean troubled) {
    random = new Random(seed);
    this.troubled = troubled;
  }

  Reading next() {
    minute++;
    if (troubled && random.nextInt(200) == 0) {
      minute += random.nextInt(60);
    }
    double flow = 20 + 5 * Math.sin(minute * 2 * Math.PI / 120) + random.nextGaussian();
    double pressure = 1e9 + minute % 24 + random.nextGaussian();
    if (troubled && minute / 500 % 4 == 1) {
      flow = 7;
    }
    return Plans.reading(minute, spoilt(flow), spoilt(pressure));
  }

  private double spoilt(double value) {
    if (!troubled) {
      return value;
    }
    return switch (random.nextInt(300)) {
      case 0, 1, 2 -> Double.NaN;
      case 3 -> Double.POSITIVE_INFINITY;
      case 4 -> Double.NEGATIVE_INFINITY;
      case 5 -> 1e30;
      case 6 -> -1e30;
      case 7 -> Double.MAX_VALUE;
      case 8 -> Double.MIN_VALUE;
      default -> value;
    };
  }
}
