package io.sluice.online;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Weighted least squares of all leads at once, older pairs fading: A w = c with A = Σ λ^age φ φᵀ and, for each lead,
 * c = Σ λ^age φ y.
 *
 * <p>A pair is taken in once every lead's y is there, so that one A serves all leads. Taking one in costs d²/2 multiply-adds;
 * solving, d³/6, is put off to every so many pairs. Columns are scaled to one before solving, and held back by as much as
 * {@code PRIOR} pairs would that say "no effect": neither the variable's units nor a constant column matter.
 *
 * <pre>
 *   d u16 │ leads u16 │ pairs i64 │ A f64 × d(d+1)/2, row by row │ (c f64 × d │ w f64 × d) × leads
 * </pre>
 */
final class LeastSquares {
  private static final double PRIOR = 1;

  /** Of the pairs between two solutions, while it is young. */
  private static final int OFTENER = 4;

  private double[][] a = {};
  private double[][] c = {};
  private double[][] w = {};
  private long pairs;

  void begin(int size, int leads) {
    a = new double[size][];
    for (int i = 0; i < size; i++) {
      a[i] = new double[i + 1];
    }
    c = new double[leads][size];
    w = new double[leads][size];
    pairs = 0;
  }

  void learn(double[] phi, double[] targets, double lambda) {
    for (int i = 0; i < a.length; i++) {
      accumulate(a[i], phi, phi[i], lambda);
    }
    for (int lead = 0; lead < c.length; lead++) {
      accumulate(c[lead], phi, targets[lead], lambda);
    }
    pairs++;
  }

  private static void accumulate(double[] row, double[] phi, double factor, double lambda) {
    for (int j = 0; j < row.length; j++) {
      row[j] = lambda * row[j] + factor * phi[j];
    }
  }

  /** Features. */
  int size() {
    return a.length;
  }

  /** Whether so many pairs came since the last solution, or a share of them while it is young. */
  boolean due(int every) {
    int now = pairs < 4L * every ? Math.max(1, every / OFTENER) : every;
    return pairs > 0 && pairs >= 2L * a.length && pairs % now == 0;
  }

  /** Solves where at least one pair is there. */
  void solveIfLearnt(double[][] l, double[] scale) {
    if (pairs > 0) {
      solve(l, scale);
    }
  }

  /** Solves by Cholesky's factors; {@code l} is scratch of at least d rows. */
  void solve(double[][] l, double[] scale) {
    factorise(l, scale);
    for (int lead = 0; lead < w.length; lead++) {
      substitute(l, scale, c[lead], w[lead]);
    }
  }

  private void factorise(double[][] l, double[] scale) {
    double ridge = PRIOR / a[0][0];
    for (int i = 0; i < a.length; i++) {
      scale[i] = a[i][i] > 0 ? 1 / Math.sqrt(a[i][i]) : 0;
      for (int j = 0; j < i; j++) {
        double sum = a[i][j] * scale[i] * scale[j];
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        l[i][j] = sum / l[j][j];
      }
      double square = (scale[i] > 0 ? 1 : 0) + ridge;
      for (int k = 0; k < i; k++) {
        square -= l[i][k] * l[i][k];
      }
      l[i][i] = Math.sqrt(Math.max(square, ridge / 2));
    }
  }

  private static void substitute(double[][] l, double[] scale, double[] c, double[] w) {
    int d = c.length;
    for (int i = 0; i < d; i++) {
      double sum = c[i] * scale[i];
      for (int k = 0; k < i; k++) {
        sum -= l[i][k] * w[k];
      }
      w[i] = sum / l[i][i];
    }
    for (int i = d - 1; i >= 0; i--) {
      double sum = w[i];
      for (int k = i + 1; k < d; k++) {
        sum -= l[k][i] * w[k];
      }
      w[i] = sum / l[i][i];
    }
    for (int i = 0; i < d; i++) {
      w[i] *= scale[i];
    }
  }

  double predict(int lead, double[] phi) {
    double[] weights = w[lead];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * phi[i];
    }
    return sum;
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(a.length);
    out.writeShort(c.length);
    out.writeLong(pairs);
    for (double[] row : a) {
      Bytes.write(out, row);
    }
    for (int lead = 0; lead < c.length; lead++) {
      Bytes.write(out, c[lead]);
      Bytes.write(out, w[lead]);
    }
  }

  void read(DataInput in) throws IOException {
    begin(in.readUnsignedShort(), in.readUnsignedShort());
    pairs = in.readLong();
    for (double[] row : a) {
      Bytes.read(in, row);
    }
    for (int lead = 0; lead < c.length; lead++) {
      Bytes.read(in, c[lead]);
      Bytes.read(in, w[lead]);
    }
  }
}
