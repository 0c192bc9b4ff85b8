package io.sluice.anomaly;

/**
 * The stretch of the past that is nearest in shape to the latest one, or to a part of it, of those heard of so far; they
 * are told by their sums: of the points, of their squares, and of their products with the latest ones. Scratch only.
 */
final class Nearest {
  /** Kept under every spread, in spreads of the outline. */
  static final float FLOOR = 0.2f;

  private int size;
  private float share;
  private float enough;
  private float mean;
  private float inverse;
  private float shapeliness;
  private float square;
  private int lag;

  /** Of these last of the latest points, until one is no further than is ordinary. */
  void begin(float[] latest, int points, int last, double upTo) {
    size = last;
    share = 1f / last;
    enough = upTo < 0 ? -1 : (float) (NoveltySearch.SURELY * upTo * upTo);
    float sum = 0;
    float squares = 0;
    for (int k = points - last; k < points; k++) {
      sum += latest[k];
      squares += latest[k] * latest[k];
    }
    mean = sum * share;
    float variance = variance(mean, squares);
    inverse = inverse(variance);
    shapeliness = variance * inverse * inverse;
    square = Float.MAX_VALUE;
  }

  /** Square of the distance to a stretch with these sums. */
  float apart(float sum, float squares, float products) {
    float other = sum * share;
    float variance = variance(other, squares);
    float scale = inverse(variance);
    float together = (products * share - mean * other) * inverse * scale;
    return shapeliness + variance * scale * scale - 2 * together;
  }

  /** Of each point in a mean. */
  float share() {
    return share;
  }

  float mean() {
    return mean;
  }

  /** Of the spread. */
  float inverse() {
    return inverse;
  }

  /** Square of the latest ones' spread over that with the floor. */
  float shapeliness() {
    return shapeliness;
  }

  private float variance(float about, float squares) {
    return Math.max(0, squares * share - about * about);
  }

  private static float inverse(float variance) {
    return 1 / (float) Math.sqrt(variance + FLOOR * FLOOR);
  }

  /** A stretch so many points back is that far; one that overlaps the latest does not count. */
  void hear(float apart, int back) {
    if (apart < square && back >= size) {
      square = apart;
      lag = back;
    }
  }

  boolean found() {
    return Math.max(square, 0) <= enough;
  }

  /** Of the nearest so far. */
  float square() {
    return square;
  }

  /** 0 for the same shape, about 1.4 for nothing like it. */
  double distance() {
    return Math.sqrt(Math.max(square, 0));
  }

  /** Where it is, in points back. */
  int lag() {
    return lag;
  }
}
