package io.sluice.cell;

import io.sluice.weights.Architecture;
import io.sluice.weights.Head;
import io.sluice.weights.Tensor;
import io.sluice.weights.Tensors;
import java.util.Arrays;

/**
 * The head: what is read off the last layer's output.
 *
 * <pre>
 *   none        h itself
 *   linear      W h + b
 *   softmax     the probabilities that W h + b stand for
 *   quantiles   variables × leads × levels, level fastest: the middle level is its row of W h + b, and each level further
 *               out is one positive gap beyond its neighbour, so that they ascend whatever the weights, rounding included
 * </pre>
 */
public final class Readout {
  /** Rows are filled up with zeros to whole vectors: a narrow tail would cost as much as the recurrent sums. */
  private static final int VECTOR = 16;

  private final Head head;
  private final int outputs;
  private final Rows rows;
  private final float[] bias;

  private Readout(Head head, int outputs, Rows rows, float[] bias) {
    this.head = head;
    this.outputs = outputs;
    this.rows = rows;
    this.bias = bias;
  }

  static Readout of(Architecture shape, Tensors tensors) {
    Head head = shape.head();
    if (head.rows() == 0) {
      return new Readout(head, shape.width(), null, new float[shape.width()]);
    }
    int padded = (head.rows() + VECTOR - 1) / VECTOR * VECTOR;
    float[] weight = Arrays.copyOf(tensors.tensor("head.weight").data(), padded * shape.width());
    return new Readout(
        head,
        head.rows(),
        Rows.transposed(new Tensor(new int[] {padded, shape.width()}, weight)),
        Arrays.copyOf(tensors.tensor("head.bias").data(), padded));
  }

  /** Floats of one answer. */
  public int outputs() {
    return outputs;
  }

  /** Scratch for the answers to so many series. */
  float[] block(int series) {
    return new float[series * bias.length];
  }

  /** Answers to a block of outputs of the last layer. */
  void read(float[] h, float[] block, int series) {
    if (rows == null) {
      System.arraycopy(h, 0, block, 0, series * outputs);
      return;
    }
    for (int s = 0; s < series; s++) {
      System.arraycopy(bias, 0, block, s * bias.length, bias.length);
    }
    rows.multiply(h, block, series);
    for (int s = 0; s < series; s++) {
      shape(head, block, s * bias.length);
    }
  }

  /** The answer to one series of the block. */
  void copy(float[] block, int s, float[] y) {
    System.arraycopy(block, s * bias.length, y, 0, outputs);
  }

  /** Turns the head's sums, in place, into its answer. */
  public static void shape(Head head, float[] y, int at) {
    if (head instanceof Head.Quantiles quantiles) {
      for (int row = 0; row < quantiles.rows(); row += quantiles.levels()) {
        spread(y, at + row, quantiles.levels());
      }
    } else if (head instanceof Head.Softmax softmax) {
      softmax(y, at, softmax.rows());
    }
  }

  /** From dLoss/danswer, in place, dLoss/dsums; {@code sums} as they were before {@code shape}. */
  public static void slope(Head head, float[] sums, float[] d, int at) {
    if (head instanceof Head.Quantiles quantiles) {
      for (int row = 0; row < quantiles.rows(); row += quantiles.levels()) {
        gather(sums, d, at + row, quantiles.levels());
      }
    } else if (head instanceof Head.Softmax softmax) {
      float[] p = Arrays.copyOfRange(sums, at, at + softmax.rows());
      softmax(p, 0, p.length);
      float mean = 0;
      for (int j = 0; j < p.length; j++) {
        mean = Math.fma(p[j], d[at + j], mean);
      }
      for (int j = 0; j < p.length; j++) {
        d[at + j] = p[j] * (d[at + j] - mean);
      }
    }
  }

  private static void spread(float[] y, int at, int levels) {
    int middle = at + (levels - 1) / 2;
    for (int j = middle + 1; j < at + levels; j++) {
      y[j] = y[j - 1] + Activations.gap(y[j]);
    }
    for (int j = middle - 1; j >= at; j--) {
      y[j] = y[j + 1] - Activations.gap(y[j]);
    }
  }

  /** Each level leans on its neighbour towards the middle, so slopes run inwards. */
  private static void gather(float[] sums, float[] d, int at, int levels) {
    int middle = at + (levels - 1) / 2;
    for (int j = at + levels - 1; j > middle; j--) {
      d[j - 1] += d[j];
      d[j] *= Activations.gapSlope(sums[j]);
    }
    for (int j = at; j < middle; j++) {
      d[j + 1] += d[j];
      d[j] *= -Activations.gapSlope(sums[j]);
    }
  }

  private static void softmax(float[] y, int at, int length) {
    float most = Float.NEGATIVE_INFINITY;
    for (int j = at; j < at + length; j++) {
      most = Math.max(most, y[j]);
    }
    float sum = 0;
    for (int j = at; j < at + length; j++) {
      y[j] = Activations.exp(y[j] - most);
      sum += y[j];
    }
    for (int j = at; j < at + length; j++) {
      y[j] /= sum;
    }
  }
}
