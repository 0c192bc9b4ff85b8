package io.sluice.training;

import io.sluice.weights.Weights;
import java.util.List;

/**
 * The outer step of training in several places at once: each goes its own way from the same weights for a while, then all
 * meet at the mean of where they came, each weighing as much as the windows it saw, and a little beyond in the direction
 * that they have been going (Nesterov's momentum).
 *
 * <p>Sums run in the order of the list, so the same list gives the same bits.
 */
public final class Outer {
  /** Of two places. More carries places that meet seldom too far; a test holds what it comes to against one place alone. */
  private static final double MOMENTUM = 0.3;

  /** For each doubling of the places: the more there are, the shorter is the mean of ways that differ. */
  private static final double MORE = 0.1;

  private static final double MOST = 0.6;

  private Weights weights;
  private double[] velocity;

  public Outer(Weights start) {
    weights = start;
    velocity = new double[Parameters.of(start).values.length];
  }

  /**
   * Where somebody came to.
   *
   * @param windows how many were learnt from; who had none stayed where all began
   */
  public record Arrived(Weights weights, long windows) {}

  public Weights weights() {
    return weights;
  }

  /** Moves on; one alone comes to where he came. Weights that are not finite any more are refused. */
  public Weights step(List<Arrived> all) {
    List<Arrived> learnt = all.stream().filter(one -> one.windows > 0).toList();
    if (learnt.size() == 1) {
      weights = learnt.get(0).weights;
    } else if (!learnt.isEmpty()) {
      meet(learnt);
    }
    return weights;
  }

  private void meet(List<Arrived> learnt) {
    Parameters w = Parameters.of(weights);
    double[] mean = new double[w.values.length];
    double momentum = momentum(learnt.size());
    double total = learnt.stream().mapToLong(Arrived::windows).sum();
    for (Arrived one : learnt) {
      float[] there = Parameters.of(one.weights).values;
      double share = one.windows / total;
      for (int k = 0; k < mean.length; k++) {
        mean[k] += share * ((double) there[k] - w.values[k]);
      }
    }
    for (int k = 0; k < mean.length; k++) {
      velocity[k] = momentum * velocity[k] + mean[k];
      w.values[k] += (float) (mean[k] + momentum * velocity[k]);
    }
    weights = w.weights();
  }

  private static double momentum(int places) {
    int doublings = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(places);
    return Math.min(MOST, MOMENTUM + MORE * (doublings - 1));
  }
}
