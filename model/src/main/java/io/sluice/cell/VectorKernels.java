package io.sluice.cell;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels by the Vector API. The products keep a block of sums in registers while the rows pass by: four samples by two
 * vectors of outputs, or one sample by four. Each block's shape is a method of its own, small enough to be inlined whole on
 * Java 17, where a vector that escapes costs more than it saves; one species alone, for the same reason.
 */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDE = LANES.length();

  @Override
  public void multiply(float[] x, float[][] rows, float[] y, int n) {
    int fours = n & -4;
    for (int sample = 0; sample < fours; sample += 4) {
      multiplyFour(x, rows, y, sample);
    }
    for (int sample = fours; sample < n; sample++) {
      multiplyOne(x, rows, y, sample);
    }
  }

  private static void multiplyFour(float[] x, float[][] rows, float[] y, int sample) {
    int outputs = rows[0].length;
    int column = 0;
    for (; column <= outputs - 2 * WIDE; column += 2 * WIDE) {
      fourByTwo(x, rows, y, sample, column);
    }
    for (int s = sample; s < sample + 4; s++) {
      finish(x, rows, y, s, column);
    }
  }

  private static void multiplyOne(float[] x, float[][] rows, float[] y, int sample) {
    int outputs = rows[0].length;
    int column = 0;
    for (; column <= outputs - 4 * WIDE; column += 4 * WIDE) {
      oneByFour(x, rows, y, sample, column);
    }
    finish(x, rows, y, sample, column);
  }

  /** What is too narrow for a block: vector by vector, then output by output. */
  private static void finish(float[] x, float[][] rows, float[] y, int sample, int from) {
    int outputs = rows[0].length;
    int column = from;
    for (; column <= outputs - WIDE; column += WIDE) {
      oneByOne(x, rows, y, sample, column);
    }
    for (; column < outputs; column++) {
      float sum = y[sample * outputs + column];
      for (int k = 0; k < rows.length; k++) {
        sum = Math.fma(x[sample * rows.length + k], rows[k][column], sum);
      }
      y[sample * outputs + column] = sum;
    }
  }

  private static void fourByTwo(float[] x, float[][] rows, float[] y, int sample, int column) {
    int inputs = rows.length;
    int at = sample * inputs;
    int y0 = sample * rows[0].length + column;
    int y1 = y0 + rows[0].length;
    int y2 = y1 + rows[0].length;
    int y3 = y2 + rows[0].length;
    FloatVector a0 = FloatVector.fromArray(LANES, y, y0);
    FloatVector b0 = FloatVector.fromArray(LANES, y, y0 + WIDE);
    FloatVector a1 = FloatVector.fromArray(LANES, y, y1);
    FloatVector b1 = FloatVector.fromArray(LANES, y, y1 + WIDE);
    FloatVector a2 = FloatVector.fromArray(LANES, y, y2);
    FloatVector b2 = FloatVector.fromArray(LANES, y, y2 + WIDE);
    FloatVector a3 = FloatVector.fromArray(LANES, y, y3);
    FloatVector b3 = FloatVector.fromArray(LANES, y, y3 + WIDE);
    for (int k = 0; k < inputs; k++) {
      float[] row = rows[k];
      FloatVector a = FloatVector.fromArray(LANES, row, column);
      FloatVector b = FloatVector.fromArray(LANES, row, column + WIDE);
      FloatVector x0 = FloatVector.broadcast(LANES, x[at + k]);
      a0 = a.fma(x0, a0);
      b0 = b.fma(x0, b0);
      FloatVector x1 = FloatVector.broadcast(LANES, x[at + inputs + k]);
      a1 = a.fma(x1, a1);
      b1 = b.fma(x1, b1);
      FloatVector x2 = FloatVector.broadcast(LANES, x[at + 2 * inputs + k]);
      a2 = a.fma(x2, a2);
      b2 = b.fma(x2, b2);
      FloatVector x3 = FloatVector.broadcast(LANES, x[at + 3 * inputs + k]);
      a3 = a.fma(x3, a3);
      b3 = b.fma(x3, b3);
    }
    a0.intoArray(y, y0);
    b0.intoArray(y, y0 + WIDE);
    a1.intoArray(y, y1);
    b1.intoArray(y, y1 + WIDE);
    a2.intoArray(y, y2);
    b2.intoArray(y, y2 + WIDE);
    a3.intoArray(y, y3);
    b3.intoArray(y, y3 + WIDE);
  }

  private static void oneByFour(float[] x, float[][] rows, float[] y, int sample, int column) {
    int at = sample * rows.length;
    int to = sample * rows[0].length + column;
    FloatVector a = FloatVector.fromArray(LANES, y, to);
    FloatVector b = FloatVector.fromArray(LANES, y, to + WIDE);
    FloatVector c = FloatVector.fromArray(LANES, y, to + 2 * WIDE);
    FloatVector d = FloatVector.fromArray(LANES, y, to + 3 * WIDE);
    for (int k = 0; k < rows.length; k++) {
      float[] row = rows[k];
      FloatVector xk = FloatVector.broadcast(LANES, x[at + k]);
      a = FloatVector.fromArray(LANES, row, column).fma(xk, a);
      b = FloatVector.fromArray(LANES, row, column + WIDE).fma(xk, b);
      c = FloatVector.fromArray(LANES, row, column + 2 * WIDE).fma(xk, c);
      d = FloatVector.fromArray(LANES, row, column + 3 * WIDE).fma(xk, d);
    }
    a.intoArray(y, to);
    b.intoArray(y, to + WIDE);
    c.intoArray(y, to + 2 * WIDE);
    d.intoArray(y, to + 3 * WIDE);
  }

  private static void oneByOne(float[] x, float[][] rows, float[] y, int sample, int column) {
    int at = sample * rows.length;
    int to = sample * rows[0].length + column;
    FloatVector a = FloatVector.fromArray(LANES, y, to);
    for (int k = 0; k < rows.length; k++) {
      FloatVector xk = FloatVector.broadcast(LANES, x[at + k]);
      a = FloatVector.fromArray(LANES, rows[k], column).fma(xk, a);
    }
    a.intoArray(y, to);
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
