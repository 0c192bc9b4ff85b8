package io.sluice.online;

/**
 * What least squares sees of a variable at a step; the same for every lead.
 *
 * <pre>
 *   1 │ sin, cos of the harmonics │ last deviations │ some deviations × sin, cos │ deviations a season before what comes
 *   for each neighbour heard   last deviations, each by itself │ × sin, cos
 * </pre>
 *
 * <p>Deviations times harmonics let the way back to the profile depend on the time of the season. One least squares sees the
 * first line alone, another both.
 */
final class Features {
  private static final int[] CROSSED = {0, 2, 8};
  private static final int CROSSED_HARMONICS = 3;
  private static final int STRETCHES = 4;
  private static final double ROUNDING = 1e-12;
  private static final int HEARD = 2;
  private static final int HEARD_HARMONICS = 2;

  private final int order;
  private final int period;
  private final int harmonics;
  private final int crossed;
  private final int stretch;
  private final int neighbours;
  private final int heardWaves;

  Features(EnsemblePlan plan, int period) {
    this.period = period;
    order = plan.regression().order();
    neighbours = plan.neighbours();
    harmonics = Math.min(plan.harmonics(), (period - 1) / 2);
    crossed = Math.min(harmonics, CROSSED_HARMONICS);
    stretch = period < 2 * STRETCHES ? 0 : period / (2 * STRETCHES);
    heardWaves = 2 * Math.min(harmonics, HEARD_HARMONICS);
  }

  /** With neighbours; 0 where there are none to hear. */
  int sizeTogether() {
    return neighbours == 0 ? 0 : width();
  }

  /** Of all that is filled in. */
  int width() {
    return size() + neighbours * HEARD * (1 + heardWaves);
  }

  /** Of one variable by itself. */
  int size() {
    return 1
        + 2 * harmonics
        + order
        + CROSSED.length * 2 * crossed
        + (stretch == 0 ? 0 : STRETCHES);
  }

  /** As things stood {@code ago} steps back with one of these variables and its neighbours. */
  void fill(Experience[] all, int variable, int ago, double[] phi) {
    fill(all[variable].trace, ago, phi);
    int i = size();
    for (int next = 1; next <= neighbours; next++) {
      Trace neighbour = all[(variable + next) % all.length].trace;
      for (int lag = 0; lag < HEARD; lag++) {
        double deviation = neighbour.deviationOrZero(ago + lag);
        phi[i++] = deviation;
        for (int wave = 1; wave <= heardWaves; wave++) {
          phi[i++] = deviation * phi[wave];
        }
      }
    }
  }

  private void fill(Trace trace, int ago, double[] phi) {
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
      phi[1 + 2 * k] = orZero(s);
      phi[2 + 2 * k] = orZero(c);
    }
    return 1 + 2 * harmonics;
  }

  /** Copies the slowest waves out of what was filled in; zero where the season has fewer. */
  void slowest(double[] phi, double[] slow) {
    for (int wave = 0; wave < slow.length; wave++) {
      slow[wave] = wave < 2 * harmonics ? phi[1 + wave] : 0;
    }
  }

  /** A sine of half a turn is not quite zero, and least squares would blow that up to something. */
  private static double orZero(double wave) {
    return Math.abs(wave) < ROUNDING ? 0 : wave;
  }

  private double mean(Trace trace, int ago) {
    double sum = 0;
    for (int i = 0; i < stretch; i++) {
      sum += trace.deviationOrZero(ago + i);
    }
    return sum / stretch;
  }
}
