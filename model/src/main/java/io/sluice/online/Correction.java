package io.sluice.online;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the last errors of a variable and of its neighbours say of its next one, as least squares has it, taken as far as that
 * has proved to help. What it sees of a step, large errors and changes being told twice because they go back otherwise:
 *
 * <pre>
 *   1 │ (error, the same clipped, change clipped) of the last steps
 *     │ (last error, last change clipped) × slow waves of the season │ last errors of each neighbour
 * </pre>
 *
 * <p>Its bytes:
 *
 * <pre>
 *   answer f64, NaN where none waits │ said f64 │ errors f64 × 2 │ Lean │ seen f64 × d │ LeastSquares
 * </pre>
 */
final class Correction {
  private static final int ERRORS = 2;
  private static final int CLIPPED = 2 * ERRORS;

  /** Sines and cosines. */
  static final int WAVES = 4;

  /** Typical errors within which what is clipped is kept. */
  private static final double NEAR = 3;

  private final double[] errors = new double[ERRORS];
  private final double[] seen;
  private final Lean lean = new Lean(1);
  private final LeastSquares squares = new LeastSquares();
  private final double[] target = new double[1];
  private double answer = Double.NaN;
  private double said;

  Correction(int neighbours) {
    seen = new double[1 + ERRORS + CLIPPED + 2 * WAVES + neighbours * ERRORS];
    squares.begin(seen.length, 1);
  }

  /** What came of the step that was answered last. */
  void learn(double value, double fading) {
    if (Double.isNaN(value) || Double.isNaN(answer)) {
      forgetWaiting();
      return;
    }
    target[0] = lean.cut(value - answer);
    lean.learn(said, value - answer);
    squares.learn(seen, target, fading);
    System.arraycopy(errors, 0, errors, 1, ERRORS - 1);
    errors[0] = target[0];
  }

  /**
   * The answer for the next step, corrected; the neighbours have heard of the last one.
   *
   * @param waves of the season at the last step, zero where there is none
   */
  double corrected(double nextAnswer, Trace trace, double[] waves, Correction[] neighbours) {
    answer = nextAnswer;
    see(trace, waves, neighbours);
    said = squares.predict(0, seen);
    return answer + added();
  }

  /** What the last answer was corrected by. */
  double added() {
    return lean.share() * said;
  }

  private void see(Trace trace, double[] waves, Correction[] neighbours) {
    int i = 0;
    seen[i++] = 1;
    for (int ago = 0; ago < ERRORS; ago++) {
      seen[i++] = errors[ago];
      seen[i++] = clipped(errors[ago]);
      seen[i++] = change(trace, ago);
    }
    for (double wave : waves) {
      seen[i++] = errors[0] * wave;
      seen[i++] = change(trace, 0) * wave;
    }
    for (Correction neighbour : neighbours) {
      for (double error : neighbour.errors) {
        seen[i++] = error;
      }
    }
  }

  private double change(Trace trace, int ago) {
    return clipped(trace.deviationOrZero(ago) - trace.deviationOrZero(ago + 1));
  }

  private double clipped(double size) {
    double most = NEAR * lean.error();
    return Math.max(-most, Math.min(most, size));
  }

  /** Solves anew where so many have come; {@code factors} and {@code scale} are scratch. */
  void solve(int every, double[][] factors, double[] scale) {
    if (squares.due(every)) {
      squares.solve(factors, scale);
    }
  }

  void forgetWaiting() {
    answer = Double.NaN;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(answer);
    out.writeDouble(said);
    Bytes.write(out, errors);
    lean.write(out);
    Bytes.write(out, seen);
    squares.write(out);
  }

  void read(DataInput in) throws IOException {
    answer = in.readDouble();
    said = in.readDouble();
    Bytes.read(in, errors);
    lean.read(in);
    Bytes.read(in, seen);
    squares.read(in);
  }
}
