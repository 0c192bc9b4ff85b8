package io.sluice.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * Where a local clock stands in each cycle, as sine and cosine.
 *
 * <p>Series are read at the same times, and their contexts replayed over the same: what was reckoned for the last few times
 * is kept. Scratch, for one thread.
 */
final class Waves {
  private static final int KEPT_BITS = 8;

  /** Of the golden ratio: spreads times that are multiples of each other. */
  private static final long SPREADING = 0x9E3779B97F4A7C15L;

  private final Cycle[] cycles;
  private final int width;
  private final long[] times = new long[1 << KEPT_BITS];
  private final float[] kept;

  Waves(List<Cycle> calendar) {
    cycles = calendar.toArray(new Cycle[0]);
    width = 2 * cycles.length;
    kept = new float[times.length * width];
    Arrays.fill(times, Long.MIN_VALUE);
  }

  /** Fills in sine and cosine of each cycle from {@code i} on; returns where they end. */
  int fill(long local, float[] x, int i) {
    int slot = (int) (local * SPREADING >>> Long.SIZE - KEPT_BITS);
    if (times[slot] != local) {
      reckon(local, slot * width);
      times[slot] = local;
    }
    System.arraycopy(kept, slot * width, x, i, width);
    return i + width;
  }

  private void reckon(long local, int to) {
    int i = to;
    for (Cycle cycle : cycles) {
      double angle = 2 * Math.PI * cycle.phase(local);
      kept[i++] = (float) StrictMath.sin(angle);
      kept[i++] = (float) StrictMath.cos(angle);
    }
  }
}
