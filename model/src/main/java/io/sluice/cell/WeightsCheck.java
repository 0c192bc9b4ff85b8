package io.sluice.cell;

import io.sluice.weights.Head;
import io.sluice.weights.Tensor;
import io.sluice.weights.Weights;
import java.util.Arrays;

/**
 * How far a network's outputs lie from those that another library gives for the same weights and inputs.
 *
 * @param largest error: |actual − expected| / max(1, |expected|), so absolute up to 1 and relative beyond; infinite where one
 *     of the two is no number
 * @param at where it stands in the expected outputs, one index for each dimension
 * @param actual what the network gave there
 * @param expected what was expected there
 * @param outputs how many numbers were compared
 */
public record WeightsCheck(double largest, int[] at, float actual, float expected, int outputs) {

  /**
   * Runs a batch of windows, each from an empty memory.
   *
   * @param input (batch, steps, inputs)
   * @param expected (batch, steps, width) without a head: every step of the last layer; with one (batch, outputs): the head
   *     over the last step
   */
  public static WeightsCheck of(Weights weights, Tensor input, Tensor expected) {
    checkInput(weights, input);
    Network network = Network.of(weights.architecture(), weights.tensors());
    int[] shape = input.shape();
    boolean everyStep = weights.architecture().head() instanceof Head.None;
    int answers = everyStep ? shape[1] : 1;
    int[] expectedShape =
        everyStep
            ? new int[] {shape[0], answers, network.outputs()}
            : new int[] {shape[0], network.outputs()};
    if (!expected.hasShape(expectedShape)) {
      throw new IllegalArgumentException(
          "expected outputs have shape %s, the network's have %s%s"
              .formatted(
                  Arrays.toString(expected.shape()),
                  Arrays.toString(expectedShape),
                  everyStep
                      ? " (no fc or head among the tensors, so every step is expected: batch, steps, width)"
                      : ""));
    }
    return compare(run(network, input, answers), expected);
  }

  /** Refuses an input that the network does not take. */
  public static void checkInput(Weights weights, Tensor input) {
    int[] shape = input.shape();
    int inputs = weights.architecture().inputs();
    if (shape.length != 3 || shape[2] != inputs || input.data().length == 0) {
      throw new IllegalArgumentException(
          "input has shape %s, expected (batch, steps, %d)"
              .formatted(Arrays.toString(shape), inputs));
    }
  }

  public boolean within(double tolerance) {
    return largest <= tolerance;
  }

  private static float[] run(Network network, Tensor input, int answers) {
    int batch = input.shape()[0];
    int steps = input.shape()[1];
    int inputs = input.shape()[2];
    float[] all = new float[batch * answers * network.outputs()];
    float[][] xs = new float[steps][inputs];
    float[][] ys = new float[answers][network.outputs()];
    Workspace workspace = network.workspace();
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < steps; t++) {
        System.arraycopy(input.data(), (b * steps + t) * inputs, xs[t], 0, inputs);
      }
      network.window(new float[network.stateSize()], xs, ys, workspace);
      for (int t = 0; t < answers; t++) {
        System.arraycopy(ys[t], 0, all, (b * answers + t) * network.outputs(), network.outputs());
      }
    }
    return all;
  }

  private static WeightsCheck compare(float[] actual, Tensor expected) {
    double largest = 0;
    int worst = 0;
    for (int i = 0; i < actual.length; i++) {
      double error = error(actual[i], expected.data()[i]);
      if (error > largest) {
        largest = error;
        worst = i;
      }
    }
    return new WeightsCheck(
        largest, at(worst, expected.shape()), actual[worst], expected.data()[worst], actual.length);
  }

  private static double error(float actual, float expected) {
    double error = Math.abs((double) actual - expected) / Math.max(1, Math.abs(expected));
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  private static int[] at(int index, int[] shape) {
    int[] at = new int[shape.length];
    for (int d = shape.length - 1, left = index; d >= 0; left /= shape[d], d--) {
      at[d] = left % shape[d];
    }
    return at;
  }

  @Override
  public String toString() {
    return "largest error %.3g at %s: %s, expected %s; %d numbers compared"
        .formatted(largest, Arrays.toString(at), actual, expected, outputs);
  }
}
