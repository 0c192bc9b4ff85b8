package io.sluice.cell;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The kernels by the Vector API, with one species alone: a second would cost Java 17 the inlining of both. */
final class VectorKernels implements Kernels {
  static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDE = LANES.length();

  @Override
  public Rows rows(float[][] rows) {
    return new VectorRows(rows);
  }

  @Override
  public void sigmoid(float[] z, int length) {
    FloatVector half = all(0.5f);
    int bound = LANES.loopBound(length);
    for (int j = 0; j < bound; j += WIDE) {
      FloatVector t = tanh(FloatVector.fromArray(LANES, z, j).mul(half));
      half.fma(t, half).intoArray(z, j);
    }
    for (int j = bound; j < length; j++) {
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
    FloatVector v = x.min(Activations.FLAT).max(-Activations.FLAT);
    FloatVector u = v.mul(v);
    FloatVector p = u.fma(all(Activations.P4), all(Activations.P3));
    p = u.fma(p, all(Activations.P2));
    p = u.fma(p, all(Activations.P1));
    p = u.fma(p, all(Activations.P0));
    FloatVector q = u.fma(all(Activations.Q4), all(Activations.Q3));
    q = u.fma(q, all(Activations.Q2));
    q = u.fma(q, all(Activations.Q1));
    q = u.fma(q, all(1f));
    return v.mul(p).div(q);
  }

  private static FloatVector all(float constant) {
    return FloatVector.broadcast(LANES, constant);
  }
}
