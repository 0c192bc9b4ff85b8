package io.sluice.anomaly;

import java.util.Arrays;

/**
 * How unlike anything before it the latest stretch of an outline is: its distance to the nearest stretch of the past, both
 * brought to mean 0 and spread 1 (Yeh et al. 2016, the left matrix profile), so that shape alone counts.
 *
 * <p>A stretch almost flat keeps a floor under its spread: noise is no shape. A search is made once every {@code EVERY}
 * points and ends, as a {@code NoveltySearch} does, where a distance is ordinary; a distance has the same bits whether it is
 * reckoned alone or abreast of others. Scratch only.
 */
final class DiscordSearch {
  private static final int EVERY = 3;
  private static final int BLOCK = 256;
  private static final float FLOOR = 0.2f;

  private final float[] shape = new float[Discord.MOST_POINTS];
  private final float[] outline = new float[BLOCK + Discord.MOST_POINTS];
  private final float[] past = new float[BLOCK];
  private final float[] means = new float[BLOCK];
  private final float[] products = new float[BLOCK];
  private final float[] squares = new float[BLOCK];
  private int points;
  private float shapeliness;

  boolean due(Discord discord) {
    return discord.steps() % EVERY == 0 && discord.known() >= 3 * discord.points();
  }

  /** 0 where the past holds the same shape, about 1.4 where it holds nothing like it; where it is ordinary, any that is. */
  double distance(Discord discord, double ordinary) {
    if (!discord.moves()) {
      return 0;
    }
    draw(discord);
    int end = discord.known() - points + 1;
    Likely likely = discord.likely();
    for (int place = 0; place < Likely.PLACES; place++) {
      int lag = likely.lag(place);
      if (lag >= points && lag < end) {
        double distance = alone(discord, lag);
        if (distance <= ordinary) {
          likely.foundAt(lag);
          return distance;
        }
      }
    }
    return nearest(discord, end, ordinary);
  }

  private double nearest(Discord discord, int end, double ordinary) {
    double least = Double.MAX_VALUE;
    int where = points;
    for (int lag = points; lag < end && least > ordinary; lag += BLOCK) {
      int size = Math.min(BLOCK, end - lag);
      reckon(discord, lag, size);
      int place = place(size);
      double distance = distance(squares[place]);
      if (distance < least) {
        least = distance;
        where = lag + size - 1 - place;
      }
    }
    discord.likely().foundAt(where);
    return least;
  }

  /** The latest stretch, at mean 0 and spread 1. */
  private void draw(Discord discord) {
    points = discord.points();
    discord.copy(0, points, past);
    float mean = mean();
    float inverse = inverse(square(mean));
    for (int k = 0; k < points; k++) {
      shape[k] = (past[k] - mean) * inverse;
    }
    shapeliness = shapeliness(inverse);
  }

  private double alone(Discord discord, int lag) {
    discord.copy(lag, points, past);
    float product = 0;
    for (int k = 0; k < points; k++) {
      product += shape[k] * past[k];
    }
    return distance(between(square(mean()), product));
  }

  private float mean() {
    float sum = 0;
    for (int k = 0; k < points; k++) {
      sum += past[k];
    }
    return sum / points;
  }

  private float square(float mean) {
    float sum = 0;
    for (int k = 0; k < points; k++) {
      float distance = past[k] - mean;
      sum += distance * distance;
    }
    return sum;
  }

  /** The squares of the distances to the stretches so many points back, from {@code lag} on; the furthest back stands first. */
  private void reckon(Discord discord, int lag, int size) {
    compare(discord, lag, size);
    for (int i = 0; i < size; i++) {
      squares[i] = between(squares[i], products[i]);
    }
  }

  private static double distance(float square) {
    return Math.sqrt(Math.max(square, 0));
  }

  /** Square of the distance to a stretch with that sum of squares about its mean and that product with the latest shape. */
  private float between(float square, float product) {
    float inverse = inverse(square);
    return shapeliness + shapeliness(inverse) - 2 * (product * inverse / points);
  }

  private int place(int size) {
    int place = 0;
    for (int i = 1; i < size; i++) {
      place = squares[i] < squares[place] ? i : place;
    }
    return place;
  }

  private float inverse(float square) {
    return 1 / (float) Math.sqrt(square / points + FLOOR * FLOOR);
  }

  /** Square of the spread after normalising: 1, less where the floor held it up. */
  private static float shapeliness(float inverse) {
    return 1 - FLOOR * FLOOR * inverse * inverse;
  }

  private void compare(Discord discord, int lag, int size) {
    discord.copy(lag, size + points - 1, outline);
    Arrays.fill(means, 0, size, 0);
    Arrays.fill(products, 0, size, 0);
    Arrays.fill(squares, 0, size, 0);
    for (int k = 0; k < points; k++) {
      System.arraycopy(outline, k, past, 0, size);
      multiply(shape[k], size);
    }
    for (int i = 0; i < size; i++) {
      means[i] /= points;
    }
    for (int k = 0; k < points; k++) {
      System.arraycopy(outline, k, past, 0, size);
      spread(size);
    }
  }

  private void multiply(float factor, int size) {
    for (int i = 0; i < size; i++) {
      means[i] += past[i];
      products[i] += factor * past[i];
    }
  }

  private void spread(int size) {
    for (int i = 0; i < size; i++) {
      float distance = past[i] - means[i];
      squares[i] += distance * distance;
    }
  }
}
