package io.sluice.anomaly;

/**
 * How unlike anything before it the latest stretch of an outline is, and its later half by itself: the distance of each to
 * the nearest of the past, both brought to mean 0 and spread 1 (Yeh et al. 2016, the left matrix profile), so that shape
 * alone counts. What is odd for a short while is much of the half, and little of the whole.
 *
 * <p>A stretch almost flat keeps a floor under its spread: noise is no shape. A search ends, as a {@code NoveltySearch}
 * does, where both distances are ordinary; a distance has the same bits whether it is reckoned alone or abreast of others.
 * Scratch only.
 */
final class DiscordSearch {
  private static final int BLOCK = 256;

  private final Sweep sweep;
  private final float[] latest = new float[Discord.MOST_POINTS];
  private final float[] past = new float[BLOCK + Discord.MOST_POINTS + Sweep.SLACK];
  private final float[] apart = new float[BLOCK + Sweep.SLACK];
  private final Sums sums = new Sums(BLOCK);
  private final Nearest whole = new Nearest();
  private final Nearest half = new Nearest();
  private int points;
  private int later;
  private float centre;
  private float scale;

  DiscordSearch() {
    this(Sweep.best(BLOCK));
  }

  DiscordSearch(Sweep sweep) {
    this.sweep = sweep;
  }

  boolean due(Discord discord) {
    return discord.moves() && discord.known() >= 3 * discord.points();
  }

  /** Seeks the nearest of both; of one that is ordinary, any that is. */
  void seek(Discord discord, double ordinary, double ordinaryHalf) {
    draw(discord);
    whole.begin(latest, points, points, ordinary);
    half.begin(latest, points, later, ordinaryHalf);
    int end = discord.known() - points + 1;
    Likely likely = discord.likely();
    for (int place = 0; place < Likely.PLACES && !found(); place++) {
      int lag = likely.lag(place);
      if (lag >= later && lag < end) {
        alone(discord, lag);
      }
    }
    for (int lag = later; lag < end && !found(); lag += BLOCK) {
      abreast(discord, lag, Math.min(BLOCK, end - lag));
    }
    likely.foundAt(half.lag());
    likely.foundAt(whole.lag());
  }

  private boolean found() {
    return whole.found() && half.found();
  }

  /** How far the latest stretch is. */
  double whole() {
    return whole.distance();
  }

  /** How far its later half is. */
  double half() {
    return half.distance();
  }

  /** The latest stretch about its mean, in spreads of the outline. */
  private void draw(Discord discord) {
    points = discord.points();
    later = points / 2;
    discord.copy(0, points, latest);
    float sum = 0;
    for (int k = 0; k < points; k++) {
      sum += latest[k];
    }
    centre = sum / points;
    scale = (float) (1 / discord.spread());
    level(latest, points);
  }

  private void level(float[] stretch, int count) {
    for (int i = 0; i < count; i++) {
      stretch[i] = (stretch[i] - centre) * scale;
    }
  }

  private void alone(Discord discord, int lag) {
    discord.copy(lag, points, past);
    level(past, points);
    float sum = 0;
    float square = 0;
    float product = 0;
    for (int k = points - 1; k >= 0; k--) {
      sum += past[k];
      square += past[k] * past[k];
      product += latest[k] * past[k];
      if (k == points - later) {
        half.hear(half.apart(sum, square, product), lag);
      }
    }
    whole.hear(whole.apart(sum, square, product), lag);
  }

  /** Of stretches so many points back, from {@code lag} on; the furthest back stands first. */
  private void abreast(Discord discord, int lag, int size) {
    discord.copy(lag, size + points - 1, past);
    level(past, size + points - 1);
    sums.begin(size);
    sweep.add(past, latest, points - later, points, sums);
    hear(half, lag);
    if (!whole.found()) {
      sweep.add(past, latest, 0, points - later, sums);
      hear(whole, lag);
    }
  }

  private void hear(Nearest nearest, int lag) {
    if (nearest.found()) {
      return;
    }
    int size = sums.size();
    sweep.apart(sums, nearest, apart);
    if (sweep.anyBelow(apart, nearest.square(), size)) {
      for (int i = 0; i < size; i++) {
        nearest.hear(apart[i], lag + size - 1 - i);
      }
    }
  }
}
