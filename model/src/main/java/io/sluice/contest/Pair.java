package io.sluice.contest;

/**
 * Two versions of one model, one that answers and one that is measured beside it: a candidate, which is newer, or the
 * predecessor, which is older.
 */
public record Pair(long champion, long challenger) {
  private static final long SPREADING = 0x9E3779B97F4A7C15L;

  public Pair {
    if (champion < 1 || challenger < 1 || champion == challenger) {
      throw new IllegalArgumentException(
          "versions %d and %d; expected two, from 1".formatted(champion, challenger));
    }
  }

  public long newer() {
    return Math.max(champion, challenger);
  }

  /** Whether the challenger is the one that answered before. */
  public boolean predecessor() {
    return challenger < champion;
  }

  /** Where a series lies in [0, 1), by its name and the newer version: a version keeps its series when it is promoted. */
  double lot(String series) {
    long bits = series.hashCode() * SPREADING ^ newer();
    bits = (bits ^ bits >>> 32) * SPREADING;
    bits = (bits ^ bits >>> 29) * SPREADING;
    return (bits >>> 11) * 0x1p-53;
  }
}
