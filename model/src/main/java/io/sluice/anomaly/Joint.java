package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How far the errors of all variables lie together from what is usual of them together: two that always err alike and now
 * do not are surprising though neither is by itself. The distance is Mahalanobis', from the covariance of the errors in
 * spreads; d³/6 multiply-adds for d variables.
 *
 * <pre>
 *   seen i32 │ Tail │ covariance f64 × d(d+1)/2, row by row │ Restraint    the last since layout 3
 * </pre>
 */
public final class Joint {
  /** Above these the distance would cost more than the forecast, and errors would not teach their covariance. */
  public static final int MOST_VARIABLES = 16;

  private static final int SPAN = 1000;

  /** Share of each variance that is its own, whatever the others do: keeps the factors sound. */
  private static final double OWN = 0.05;

  private final int variables;
  private final double[] covariance;
  private final Tail tail = new Tail(1, 0.2, 10);
  private final Restraint restraint = new Restraint();
  private int seen;

  public Joint(int variables) {
    this.variables = variables;
    covariance = new double[variables * (variables + 1) / 2];
  }

  /**
   * Adds what is suspected of them together, and learns from it unless it is one of a run of odd ones.
   *
   * @param ways errors in spreads, one for each variable; 0 where there is none
   * @param shares filled with what each contributes to the distance, summing to 1
   * @return the evidence, 0 while too little is known
   */
  public double weigh(double[] ways, double[] shares, Suspicion suspicion) {
    double[] solved = suspicion.scratch(0);
    double square = distance(ways, solved, suspicion.scratch(1));
    double evidence = 0;
    boolean known = seen > SPAN / 10;
    if (known) {
      evidence = suspicion.among(tail.evidence(Math.sqrt(square)));
    }
    if (restraint.allows(evidence >= Suspicion.ALARMING)) {
      if (known) {
        tail.learn(Math.sqrt(square));
      }
      learn(ways);
    }
    int worst = share(ways, solved, shares);
    int side = ways[worst] < 0 ? -1 : 1;
    suspicion.of(worst).keep(side < 0 ? Kind.DIP : Kind.SPIKE, evidence, side);
    return Math.max(0, evidence);
  }

  /** Solves (C + own) x = ways by Cholesky's factors, and multiplies: wayᵀ x. */
  private double distance(double[] ways, double[] x, double[] l) {
    for (int i = 0; i < variables; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = covariance[at(i, j)] + (i == j ? OWN * (1 + covariance[at(i, i)]) : 0);
        for (int k = 0; k < j; k++) {
          sum -= l[at(i, k)] * l[at(j, k)];
        }
        l[at(i, j)] = i == j ? Math.sqrt(sum) : sum / l[at(j, j)];
      }
    }
    for (int i = 0; i < variables; i++) {
      double sum = ways[i];
      for (int k = 0; k < i; k++) {
        sum -= l[at(i, k)] * x[k];
      }
      x[i] = sum / l[at(i, i)];
    }
    for (int i = variables - 1; i >= 0; i--) {
      double sum = x[i];
      for (int k = i + 1; k < variables; k++) {
        sum -= l[at(k, i)] * x[k];
      }
      x[i] = sum / l[at(i, i)];
    }
    double square = 0;
    for (int i = 0; i < variables; i++) {
      square += ways[i] * x[i];
    }
    return Math.max(0, square);
  }

  private void learn(double[] ways) {
    seen = Math.min(seen + 1, SPAN);
    for (int i = 0; i < variables; i++) {
      for (int j = 0; j <= i; j++) {
        covariance[at(i, j)] += (ways[i] * ways[j] - covariance[at(i, j)]) / seen;
      }
    }
  }

  /** What each adds to the distance; one that brings it nearer contributes nothing. */
  private int share(double[] ways, double[] solved, double[] shares) {
    double sum = 0;
    int worst = 0;
    for (int i = 0; i < variables; i++) {
      shares[i] = Math.max(0, ways[i] * solved[i]);
      sum += shares[i];
      worst = shares[i] > shares[worst] ? i : worst;
    }
    for (int i = 0; i < variables && sum > 0; i++) {
      shares[i] /= sum;
    }
    return worst;
  }

  private static int at(int row, int column) {
    return row * (row + 1) / 2 + column;
  }

  public void write(DataOutput out) throws IOException {
    out.writeInt(seen);
    tail.write(out);
    for (double number : covariance) {
      out.writeDouble(number);
    }
    restraint.write(out);
  }

  /** @param layout of the memory that it is part of */
  public void read(DataInput in, int layout) throws IOException {
    seen = in.readInt();
    tail.read(in);
    for (int i = 0; i < covariance.length; i++) {
      covariance[i] = in.readDouble();
    }
    if (layout > 2) {
      restraint.read(in);
    }
  }
}
