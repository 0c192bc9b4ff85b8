package io.sluice.cell;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The kernels by the Vector API, with one species alone: a second would cost Java 17 the inlining of both. */
final class VectorKernels implements Kernels {
  static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDE = LANES.length();

  /*
   * Broadcast once: made anew in tanh they are what Java 17 no longer inlines in a large method, and boxes at every step.
   */
  private static final FloatVector HALF = all(0.5f);
  private static final FloatVector ONE = all(1f);
  private static final FloatVector FLAT = all(Activations.FLAT);
  private static final FloatVector MINUS_FLAT = all(-Activations.FLAT);
  private static final FloatVector P0 = all(Activations.P0);
  private static final FloatVector P1 = all(Activations.P1);
  private static final FloatVector P2 = all(Activations.P2);
  private static final FloatVector P3 = all(Activations.P3);
  private static final FloatVector P4 = all(Activations.P4);
  private static final FloatVector Q1 = all(Activations.Q1);
  private static final FloatVector Q2 = all(Activations.Q2);
  private static final FloatVector Q3 = all(Activations.Q3);
  private static final FloatVector Q4 = all(Activations.Q4);

  @Override
  public Rows rows(float[][] rows) {
    return new VectorRows(rows);
  }

  @Override
  public void outer(float[] a, float[] b, float[][] y, int n) {
    new VectorOuter(a, b, y, n).add();
  }

  /**
   * Two vectors at a time, written out. That is faster, and larger than what Java 17 inlines (325 bytes): within a whole
   * step it would stop inlining halfway through, and box.
   */
  @Override
  public void sigmoid(float[] z, int length) {
    int bound = LANES.loopBound(length);
    int j = 0;
    for (; j <= bound - 2 * WIDE; j += 2 * WIDE) {
      FloatVector a = FloatVector.fromArray(LANES, z, j).mul(HALF).min(FLAT).max(MINUS_FLAT);
      FloatVector b = FloatVector.fromArray(LANES, z, j + WIDE).mul(HALF).min(FLAT).max(MINUS_FLAT);
      FloatVector u = a.mul(a);
      FloatVector v = b.mul(b);
      FloatVector p = u.fma(P4, P3);
      FloatVector r = v.fma(P4, P3);
      p = u.fma(p, P2);
      r = v.fma(r, P2);
      p = u.fma(p, P1);
      r = v.fma(r, P1);
      p = u.fma(p, P0);
      r = v.fma(r, P0);
      FloatVector q = u.fma(Q4, Q3);
      FloatVector s = v.fma(Q4, Q3);
      q = u.fma(q, Q2);
      s = v.fma(s, Q2);
      q = u.fma(q, Q1);
      s = v.fma(s, Q1);
      q = u.fma(q, ONE);
      s = v.fma(s, ONE);
      HALF.fma(a.mul(p).div(q), HALF).intoArray(z, j);
      HALF.fma(b.mul(r).div(s), HALF).intoArray(z, j + WIDE);
    }
    for (; j < bound; j += WIDE) {
      FloatVector t = tanh(FloatVector.fromArray(LANES, z, j).mul(HALF));
      HALF.fma(t, HALF).intoArray(z, j);
    }
    for (; j < length; j++) {
      z[j] = Activations.sigmoid(z[j]);
    }
  }

  @Override
  public void tanh(float[] from, float[] to, int length) {
    int bound = LANES.loopBound(length);
    for (int j = 0; j < bound; j += WIDE) {
      tanh(FloatVector.fromArray(LANES, from, j)).intoArray(to, j);
    }
    for (int j = bound; j < length; j++) {
      to[j] = Activations.tanh(from[j]);
    }
  }

  /** Lane for lane {@code Activations.tanh}. */
  private static FloatVector tanh(FloatVector x) {
    FloatVector v = x.min(FLAT).max(MINUS_FLAT);
    FloatVector u = v.mul(v);
    FloatVector p = u.fma(P4, P3);
    p = u.fma(p, P2);
    p = u.fma(p, P1);
    p = u.fma(p, P0);
    FloatVector q = u.fma(Q4, Q3);
    q = u.fma(q, Q2);
    q = u.fma(q, Q1);
    q = u.fma(q, ONE);
    return v.mul(p).div(q);
  }

  private static FloatVector all(float constant) {
    return FloatVector.broadcast(LANES, constant);
  }
}
