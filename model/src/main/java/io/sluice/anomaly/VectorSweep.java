package io.sluice.anomaly;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Two vectors of sums at a time: one alone would wait for itself. */
final class VectorSweep implements Sweep {
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDE = LANES.length();
  private static final int TWO = 2 * WIDE;
  private static final FloatVector ONE = FloatVector.broadcast(LANES, 1);

  /** Points of a stretch after which most are seen to lie too far. */
  private static final int FIRST = 8;

  private final float[] squares = new float[TWO];

  @Override
  public boolean anyNearer(float[] values, float value, float far, int size) {
    FloatVector all = FloatVector.broadcast(LANES, value);
    int i = 0;
    for (; i <= size - WIDE; i += WIDE) {
      if (load(values, i).sub(all).abs().lt(far).anyTrue()) {
        return true;
      }
    }
    for (; i < size; i++) {
      if (Math.abs(values[i] - value) < far) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean anyBelow(float[] floats, float bound, int size) {
    int i = 0;
    for (; i <= size - WIDE; i += WIDE) {
      if (load(floats, i).lt(bound).anyTrue()) {
        return true;
      }
    }
    for (; i < size; i++) {
      if (floats[i] < bound) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void seek(Stretches stretches) {
    for (int i = 0; i < stretches.size(); i += TWO) {
      if (near(stretches.window, i, stretches.latest, stretches.least())) {
        int count = Math.min(TWO, stretches.size() - i);
        for (int j = 0; j < count; j++) {
          stretches.hear(i + j, squares[j]);
        }
      }
    }
  }

  /** Whether any of the two vectors of stretches from there on may be nearer than that; of all their points if so. */
  private boolean near(float[] window, int at, float[] latest, float least) {
    FloatVector sums = FloatVector.zero(LANES);
    FloatVector further = FloatVector.zero(LANES);
    for (int k = 0; k < FIRST; k++) {
      int point = Stretches.ORDER[k];
      FloatVector all = FloatVector.broadcast(LANES, latest[point]);
      FloatVector apart = load(window, at + point).sub(all);
      FloatVector furtherApart = load(window, at + point + WIDE).sub(all);
      sums = sums.add(apart.mul(apart));
      further = further.add(furtherApart.mul(furtherApart));
    }
    if (!sums.lt(least).anyTrue() && !further.lt(least).anyTrue()) {
      return false;
    }
    for (int k = FIRST; k < Stretches.POINTS; k++) {
      int point = Stretches.ORDER[k];
      FloatVector all = FloatVector.broadcast(LANES, latest[point]);
      FloatVector apart = load(window, at + point).sub(all);
      FloatVector furtherApart = load(window, at + point + WIDE).sub(all);
      sums = sums.add(apart.mul(apart));
      further = further.add(furtherApart.mul(furtherApart));
    }
    sums.intoArray(squares, 0);
    further.intoArray(squares, WIDE);
    return sums.lt(least).anyTrue() || further.lt(least).anyTrue();
  }

  @Override
  public void add(float[] outline, float[] latest, int begin, int end, Sums to) {
    for (int i = 0; i < to.size(); i += TWO) {
      FloatVector points = load(to.points, i);
      FloatVector squares = load(to.squares, i);
      FloatVector products = load(to.products, i);
      FloatVector furtherPoints = load(to.points, i + WIDE);
      FloatVector furtherSquares = load(to.squares, i + WIDE);
      FloatVector furtherProducts = load(to.products, i + WIDE);
      for (int k = end - 1; k >= begin; k--) {
        FloatVector latestPoint = FloatVector.broadcast(LANES, latest[k]);
        FloatVector point = load(outline, i + k);
        points = points.add(point);
        squares = squares.add(point.mul(point));
        products = products.add(point.mul(latestPoint));
        FloatVector further = load(outline, i + k + WIDE);
        furtherPoints = furtherPoints.add(further);
        furtherSquares = furtherSquares.add(further.mul(further));
        furtherProducts = furtherProducts.add(further.mul(latestPoint));
      }
      points.intoArray(to.points, i);
      squares.intoArray(to.squares, i);
      products.intoArray(to.products, i);
      furtherPoints.intoArray(to.points, i + WIDE);
      furtherSquares.intoArray(to.squares, i + WIDE);
      furtherProducts.intoArray(to.products, i + WIDE);
    }
  }

  /** Lane for lane {@code Nearest.apart}. */
  @Override
  public void apart(Sums sums, Nearest from, float[] into) {
    float share = from.share();
    for (int i = 0; i < sums.size(); i += WIDE) {
      FloatVector other = load(sums.points, i).mul(share);
      FloatVector square = load(sums.squares, i).mul(share);
      FloatVector variance = square.sub(other.mul(other)).max(0);
      FloatVector scale = ONE.div(variance.add(Nearest.FLOOR * Nearest.FLOOR).sqrt());
      FloatVector product = load(sums.products, i).mul(share).sub(other.mul(from.mean()));
      FloatVector together = product.mul(from.inverse()).mul(scale);
      FloatVector own = variance.mul(scale).mul(scale).add(from.shapeliness());
      own.sub(together.mul(2)).intoArray(into, i);
    }
  }

  private static FloatVector load(float[] floats, int at) {
    return FloatVector.fromArray(LANES, floats, at);
  }
}
