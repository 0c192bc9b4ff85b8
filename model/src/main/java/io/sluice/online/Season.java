package io.sluice.online;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How much a series is like itself at each lag, and so its season: the shortest lag at which it is nearly as much like
 * itself as at any other.
 *
 * <p>Likeness is the autocorrelation about a straight line, averaged over looks at the last values once there are more
 * than are kept, so that a season once found is not lost to one odd week. A lag counts when it is a peak, fits three times into what is known and stands out.
 * Looks grow rarer as readings pass until each sees only new ones: d² work, but seldom.
 *
 * <pre>
 *   next look i64 │ looks u8 │ likeness f32 × (history / 3 + 2)
 * </pre>
 */
final class Season {
  /** Looks over which likeness forgets. */
  private static final int LOOKS = 12;

  /** A peak this far under a longer one is as good. */
  private static final double AS_GOOD = 0.15;

  private static final double LEAST = 0.25;

  /** How far likeness must have fallen at shorter lags: a slow series is like itself at every short lag. */
  private static final double RISE = 0.2;

  private static final int SHORTEST = 4;

  /** Lags this share of a season apart are the same season. */
  private static final int NEARBY = 10;

  private final float[] likeness;
  private int looks;
  private long next = 32;

  Season(int history) {
    likeness = new float[history / 3 + 2];
  }

  boolean due(long steps) {
    return steps >= next;
  }

  /** The period, or 1 where there is none; {@code level} is scratch as long as the history. */
  int look(Trace trace, int current, double[] level) {
    int n = trace.known();
    next = trace.steps() + Math.min(Math.max(32, trace.steps() / 4), level.length);
    flatten(trace, n, level);
    double spread = product(level, n, 0);
    if (spread == 0) {
      return current;
    }
    looks = n < level.length ? 1 : Math.min(looks + 1, LOOKS);
    for (int lag = 1; lag <= n / 3 + 1; lag++) {
      double seen = product(level, n, lag) / spread * n / (n - lag);
      likeness[lag] += (float) ((seen - likeness[lag]) / looks);
    }
    int best = peak(n / 3);
    return best == current || better(best, current) ? best : current;
  }

  private boolean better(int best, int current) {
    if (current == 1) {
      return true;
    }
    return best == 1 ? likeness[current] < LEAST / 2 : likeness[best] > likeness[current];
  }

  /** Takes the straight line out. */
  private static void flatten(Trace trace, int n, double[] level) {
    double mean = 0;
    int known = 0;
    for (int i = 0; i < n; i++) {
      double value = trace.value(i);
      mean += Double.isNaN(value) ? 0 : (value - mean) / ++known;
    }
    double slope = 0;
    double square = 0;
    double middle = (n - 1) / 2.0;
    for (int i = 0; i < n; i++) {
      double value = trace.value(i);
      level[i] = Double.isNaN(value) ? 0 : value - mean;
      slope += (i - middle) * level[i];
      square += (i - middle) * (i - middle);
    }
    for (int i = 0; i < n; i++) {
      level[i] -= slope / square * (i - middle);
    }
  }

  private static double product(double[] level, int n, int lag) {
    double sum = 0;
    for (int i = lag; i < n; i++) {
      sum += level[i] * level[i - lag];
    }
    return sum;
  }

  private int peak(int longest) {
    int best = 1;
    double valley = 1;
    double bar = LEAST;
    for (int lag = 1; lag <= longest; lag++) {
      valley = Math.min(valley, likeness[lag]);
      if (lag >= SHORTEST && isPeak(lag) && likeness[lag] > Math.max(bar, valley + RISE)) {
        best = lag;
        bar = likeness[lag] + AS_GOOD;
      }
    }
    return top(best, longest);
  }

  private boolean isPeak(int lag) {
    return likeness[lag] > likeness[lag - 1] && likeness[lag] >= likeness[lag + 1];
  }

  /** Of the hill on whose side noise has raised a peak. */
  private int top(int peak, int longest) {
    int top = peak;
    for (int lag = peak; peak > 1 && lag <= Math.min(longest, peak + peak / NEARBY); lag++) {
      top = likeness[lag] > likeness[top] ? lag : top;
    }
    return top;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(next);
    out.writeByte(looks);
    for (float lag : likeness) {
      out.writeFloat(lag);
    }
  }

  void read(DataInput in) throws IOException {
    next = in.readLong();
    looks = in.readUnsignedByte();
    for (int lag = 0; lag < likeness.length; lag++) {
      likeness[lag] = in.readFloat();
    }
  }
}
