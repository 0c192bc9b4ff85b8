package io.sluice.anomaly;

/**
 * Weighs readings: evidence of any size becomes a surprise from 0 to 1 on one scale for all series, ½ at one in a thousand.
 * For one thread: it keeps scratch, and nothing of any series.
 */
public final class Surprise {
  private static final double HALF = 3;

  private final int past;
  private final NoveltySearch search = new NoveltySearch();
  private final DiscordSearch outlineSearch = new DiscordSearch();

  /** @param past last values of a variable among which their like is sought */
  public Surprise(int past) {
    this.past = past;
  }

  /** −log10 of the chance of such a value; the wariness learns from it. */
  public double evidence(Wariness wariness, double value, int period) {
    wariness.remember(past);
    return wariness.weigh(value, period, search, outlineSearch);
  }

  public static double of(double evidence) {
    return evidence / (evidence + HALF);
  }
}
