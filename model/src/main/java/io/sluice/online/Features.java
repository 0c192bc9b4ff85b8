package io.sluice.online;

/**
 * What least squares sees of a variable at a step; the same for every lead.
 *
 * <pre>
 *   1 │ sin, cos of the harmonics │ last deviations │ some deviations × sin, cos │ deviations a season before what comes
 * </pre>
 *
 * <p>Deviations times harmonics let the way back to the profile depend on the time of the season.
 */
final class Features {
  private static final int[] CROSSED = {0, 2, 8};
  private static final int CROSSED_HARMONICS = 3;
  private static final int STRETCHES = 4;

  private final int order;
  private final int period;
  private final int harmonics;
  private final int crossed;
  private final int stretch;

  Features(int order, int mostHarmonics, int period) {
    this.order = order;
    this.period = period;
    harmonics = Math.min(mostHarmonics, (period - 1) / 2);
    crossed = Math.min(harmonics, CROSSED_HARMONICS);
    stretch = period < 2 * STRETCHES ? 0 : period / (2 * STRETCHES);
  }

  int size() {
    return 1
        + 2 * harmonics
        + order
        + CROSSED.length * 2 * crossed
        + (stretch == 0 ? 0 : STRETCHES);
  }

  /** As things stood {@code ago} steps back. */
  void fill(Trace trace, int ago, double[] phi) {
    int i = waves(trace.steps() - 1 - ago, phi);
    for (int lag = 0; lag < order; lag++) {
      phi[i++] = trace.deviationOrZero(ago + lag);
    }
    for (int lag : CROSSED) {
      double deviation = trace.deviationOrZero(ago + lag);
      for (int wave = 1; wave <= 2 * crossed; wave++) {
        phi[i++] = deviation * phi[wave];
      }
    }
    for (int part = 1; i < size(); part++) {
      phi[i++] = mean(trace, ago + period - part * stretch);
    }
  }

  /** The harmonics by the recurrence of angles, from one sine and one cosine that are the same on every machine. */
  private int waves(long step, double[] phi) {
    phi[0] = 1;
    double angle = 2 * Math.PI * (step % period) / period;
    double sin = harmonics == 0 ? 0 : StrictMath.sin(angle);
    double cos = harmonics == 0 ? 1 : StrictMath.cos(angle);
    double s = 0;
    double c = 1;
    for (int k = 0; k < harmonics; k++) {
      double turned = s * cos + c * sin;
      c = c * cos - s * sin;
      s = turned;
      phi[1 + 2 * k] = s;
      phi[2 + 2 * k] = c;
    }
    return 1 + 2 * harmonics;
  }

  private double mean(Trace trace, int ago) {
    double sum = 0;
    for (int i = 0; i < stretch; i++) {
      sum += trace.deviationOrZero(ago + i);
    }
    return sum / stretch;
  }
}
