package io.sluice.cell;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Blocks of sums stay in registers while the inputs pass by: four samples by two vectors of outputs, or one sample by four.
 *
 * <pre>
 *   panel 0: input 0 to two vectors of outputs, input 1 to the same, …   panel 1: …   the outputs left over, input by input
 * </pre>
 *
 * <p>So the weights stream from the second-level cache in the order of their addresses. Each block's shape is a method of its
 * own, small enough to be inlined whole on Java 17, where a vector that escapes costs more than it saves.
 */
final class VectorRows implements Rows {
  private static final VectorSpecies<Float> LANES = VectorKernels.LANES;
  private static final int WIDE = LANES.length();
  private static final int PANEL = 2 * WIDE;

  private final int inputs;
  private final int outputs;
  private final float[] weights;

  /** Outputs that fill whole panels. */
  private final int panelled;

  VectorRows(float[][] rows) {
    inputs = rows.length;
    outputs = rows[0].length;
    panelled = outputs / PANEL * PANEL;
    weights = new float[inputs * outputs];
    int to = 0;
    for (int column = 0; column < outputs; column += PANEL) {
      int width = Math.min(PANEL, outputs - column);
      for (float[] row : rows) {
        System.arraycopy(row, column, weights, to, width);
        to += width;
      }
    }
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public void multiply(float[] x, float[] y, int n) {
    int fours = n & -4;
    for (int column = 0; column < panelled; column += PANEL) {
      for (int sample = 0; sample < fours; sample += 4) {
        fourByTwo(x, sample * inputs, y, sample * outputs + column, column);
      }
    }
    for (int sample = fours; sample < n; sample++) {
      panels(x, sample * inputs, y, sample * outputs);
    }
    if (panelled < outputs) {
      leftOver(x, y, n);
    }
  }

  private void panels(float[] x, int at, float[] y, int to) {
    int column = 0;
    for (; column <= panelled - 2 * PANEL; column += 2 * PANEL) {
      oneByFour(x, at, y, to + column, column);
    }
    if (column < panelled) {
      oneByTwo(x, at, y, to + column, column);
    }
  }

  private void fourByTwo(float[] x, int at, float[] y, int to, int column) {
    int y1 = to + outputs;
    int y2 = y1 + outputs;
    int y3 = y2 + outputs;
    FloatVector a0 = load(y, to);
    FloatVector b0 = load(y, to + WIDE);
    FloatVector a1 = load(y, y1);
    FloatVector b1 = load(y, y1 + WIDE);
    FloatVector a2 = load(y, y2);
    FloatVector b2 = load(y, y2 + WIDE);
    FloatVector a3 = load(y, y3);
    FloatVector b3 = load(y, y3 + WIDE);
    int from = column * inputs;
    for (int k = 0; k < inputs; k++) {
      FloatVector a = load(weights, from + k * PANEL);
      FloatVector b = load(weights, from + k * PANEL + WIDE);
      FloatVector x0 = all(x[at + k]);
      a0 = a.fma(x0, a0);
      b0 = b.fma(x0, b0);
      FloatVector x1 = all(x[at + inputs + k]);
      a1 = a.fma(x1, a1);
      b1 = b.fma(x1, b1);
      FloatVector x2 = all(x[at + 2 * inputs + k]);
      a2 = a.fma(x2, a2);
      b2 = b.fma(x2, b2);
      FloatVector x3 = all(x[at + 3 * inputs + k]);
      a3 = a.fma(x3, a3);
      b3 = b.fma(x3, b3);
    }
    a0.intoArray(y, to);
    b0.intoArray(y, to + WIDE);
    a1.intoArray(y, y1);
    b1.intoArray(y, y1 + WIDE);
    a2.intoArray(y, y2);
    b2.intoArray(y, y2 + WIDE);
    a3.intoArray(y, y3);
    b3.intoArray(y, y3 + WIDE);
  }

  /** Two panels at once: one alone would wait for its own sums. */
  private void oneByFour(float[] x, int at, float[] y, int to, int column) {
    FloatVector a = load(y, to);
    FloatVector b = load(y, to + WIDE);
    FloatVector c = load(y, to + PANEL);
    FloatVector d = load(y, to + PANEL + WIDE);
    int from = column * inputs;
    int next = from + inputs * PANEL;
    for (int k = 0; k < inputs; k++) {
      FloatVector xk = all(x[at + k]);
      a = load(weights, from + k * PANEL).fma(xk, a);
      b = load(weights, from + k * PANEL + WIDE).fma(xk, b);
      c = load(weights, next + k * PANEL).fma(xk, c);
      d = load(weights, next + k * PANEL + WIDE).fma(xk, d);
    }
    a.intoArray(y, to);
    b.intoArray(y, to + WIDE);
    c.intoArray(y, to + PANEL);
    d.intoArray(y, to + PANEL + WIDE);
  }

  private void oneByTwo(float[] x, int at, float[] y, int to, int column) {
    FloatVector a = load(y, to);
    FloatVector b = load(y, to + WIDE);
    int from = column * inputs;
    for (int k = 0; k < inputs; k++) {
      FloatVector xk = all(x[at + k]);
      a = load(weights, from + k * PANEL).fma(xk, a);
      b = load(weights, from + k * PANEL + WIDE).fma(xk, b);
    }
    a.intoArray(y, to);
    b.intoArray(y, to + WIDE);
  }

  private void leftOver(float[] x, float[] y, int n) {
    int column = panelled;
    if (outputs - column >= WIDE) {
      for (int sample = 0; sample < n; sample++) {
        oneByOne(x, sample * inputs, y, sample * outputs + column);
      }
      column += WIDE;
    }
    for (; column < outputs; column++) {
      int sample = 0;
      for (; sample < (n & -4); sample += 4) {
        fourSums(x, sample * inputs, y, sample * outputs + column, column);
      }
      for (; sample < n; sample++) {
        oneSum(x, sample * inputs, y, sample * outputs + column, column);
      }
    }
  }

  private void oneByOne(float[] x, int at, float[] y, int to) {
    int width = outputs - panelled;
    int from = panelled * inputs;
    FloatVector a = load(y, to);
    for (int k = 0; k < inputs; k++) {
      a = load(weights, from + k * width).fma(all(x[at + k]), a);
    }
    a.intoArray(y, to);
  }

  /** Four at once: one alone would wait for itself. */
  private void fourSums(float[] x, int at, float[] y, int to, int column) {
    int width = outputs - panelled;
    int from = panelled * inputs + column - panelled;
    float y0 = y[to];
    float y1 = y[to + outputs];
    float y2 = y[to + 2 * outputs];
    float y3 = y[to + 3 * outputs];
    for (int k = 0; k < inputs; k++, from += width) {
      float a = weights[from];
      y0 = Math.fma(x[at + k], a, y0);
      y1 = Math.fma(x[at + inputs + k], a, y1);
      y2 = Math.fma(x[at + 2 * inputs + k], a, y2);
      y3 = Math.fma(x[at + 3 * inputs + k], a, y3);
    }
    y[to] = y0;
    y[to + outputs] = y1;
    y[to + 2 * outputs] = y2;
    y[to + 3 * outputs] = y3;
  }

  private void oneSum(float[] x, int at, float[] y, int to, int column) {
    int width = outputs - panelled;
    int from = panelled * inputs + column - panelled;
    float sum = y[to];
    for (int k = 0; k < inputs; k++) {
      sum = Math.fma(x[at + k], weights[from + k * width], sum);
    }
    y[to] = sum;
  }

  private static FloatVector load(float[] floats, int at) {
    return FloatVector.fromArray(LANES, floats, at);
  }

  private static FloatVector all(float constant) {
    return FloatVector.broadcast(LANES, constant);
  }
}
