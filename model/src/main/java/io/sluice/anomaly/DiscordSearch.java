package io.sluice.anomaly;

import java.util.Arrays;

/**
 * How unlike anything before it the latest stretch of an outline is: its distance to the nearest stretch of the past, both
 * brought to mean 0 and spread 1 (Yeh et al. 2016, the left matrix profile), so that shape alone counts.
 *
 * <p>A stretch almost flat keeps a floor under its spread: noise is no shape. One search costs stretch × past
 * multiply-adds, in loops that the compiler vectorises; it is made once every {@code EVERY} points. Scratch only.
 */
final class DiscordSearch {
  private static final int EVERY = 3;
  private static final float FLOOR = 0.2f;

  private final float[] outline;
  private final float[] products;
  private final float[] inverse;
  private final double[] variance;
  private final float[] shape = new float[Discord.MOST_POINTS];
  private int points;

  DiscordSearch(int capacity) {
    outline = new float[capacity];
    products = new float[capacity];
    inverse = new float[capacity];
    variance = new double[capacity];
  }

  boolean due(Discord discord) {
    return discord.steps() % EVERY == 0 && discord.known() >= 3 * discord.points();
  }

  /** 0 where the past holds the same shape, about 1.4 where it holds nothing like it. */
  double distance(Discord discord) {
    if (!(discord.spread() > 0)) {
      return 0;
    }
    discord.copy(outline);
    points = discord.points();
    int last = discord.known() - points;
    measure(last);
    for (int k = 0; k < points; k++) {
      accumulate(outline, k, shape[k], last);
    }
    return Math.sqrt(Math.max(nearest(last), 0));
  }

  private float nearest(int last) {
    float nearest = Float.MAX_VALUE;
    float own = shapeliness(last);
    for (int j = 0; j <= last - points; j++) {
      float likeness = products[j] * inverse[j] / points;
      nearest = Math.min(nearest, own + shapeliness(j) - 2 * likeness);
    }
    return nearest;
  }

  /** Square of the spread after normalising: 1, less where the floor held it up. */
  private float shapeliness(int j) {
    return 1 - FLOOR * FLOOR * inverse[j] * inverse[j];
  }

  /** Of each stretch the spread, then its inverse: sums go one after the other, roots abreast. */
  private void measure(int last) {
    double sum = 0;
    double squares = 0;
    double mean = 0;
    for (int i = 0; i < last + points; i++) {
      sum += outline[i];
      squares += (double) outline[i] * outline[i];
      int j = i - points + 1;
      if (j >= 0) {
        mean = sum / points;
        variance[j] = squares / points - mean * mean;
        sum -= outline[j];
        squares -= (double) outline[j] * outline[j];
      }
    }
    for (int j = 0; j <= last; j++) {
      variance[j] = 1 / Math.sqrt(Math.max(0, variance[j]) + FLOOR * FLOOR);
    }
    for (int j = 0; j <= last; j++) {
      inverse[j] = (float) variance[j];
    }
    Arrays.fill(products, 0, last + 1, 0);
    for (int k = 0; k < points; k++) {
      shape[k] = (outline[last + k] - (float) mean) * inverse[last];
    }
  }

  private void accumulate(float[] past, int offset, float factor, int size) {
    for (int j = 0; j < size; j++) {
      products[j] += factor * past[j + offset];
    }
  }
}
