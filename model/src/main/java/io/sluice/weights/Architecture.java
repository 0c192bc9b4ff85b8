package io.sluice.weights;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The shape of a network, and so the names and shapes of its tensors: PyTorch's names and gate order.
 *
 * <pre>
 *   conv.weight (inputs, inputs, width)   conv.bias (inputs)              with a convolution
 *   weight_ih_l0 (gates·H, inputs)        weight_hh_l0 (gates·H, H)
 *   bias_ih_l0 (gates·H)                  bias_hh_l0 (gates·H)            ..._l0_reverse for the way back
 *   weight_ch_l0 (3·H)                    peepholes of i, f, o
 *   head.weight (rows, H)                 head.bias (rows)                twice H when bidirectional
 * </pre>
 *
 * @param convolution width of the causal convolution ahead of the first layer; 0 for none
 */
public record Architecture(
    CellKind cell,
    int inputs,
    int hidden,
    int layers,
    boolean bidirectional,
    int convolution,
    Head head) {

  /** Far more than anybody needs, and few enough that no size computed from them overflows an int. */
  private static final int WIDEST = 8192;

  private static final int DEEPEST = 64;

  public Architecture {
    check("inputs", inputs, 1, WIDEST);
    check("hidden", hidden, 1, WIDEST);
    check("layers", layers, 1, DEEPEST);
    check("convolution", convolution, 0, DEEPEST);
  }

  private static void check(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "a network with %s %d, expected %d to %d".formatted(what, value, least, most));
    }
  }

  /** Floats that a layer hands on at each step. */
  public int width() {
    return bidirectional ? 2 * hidden : hidden;
  }

  public int inputs(int layer) {
    return layer == 0 ? inputs : width();
  }

  /** Every tensor that the network needs, by name, in the order of the forward pass. */
  public Map<String, int[]> shapes() {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    if (convolution > 0) {
      shapes.put("conv.weight", new int[] {inputs, inputs, convolution});
      shapes.put("conv.bias", new int[] {inputs});
    }
    for (int layer = 0; layer < layers; layer++) {
      put(shapes, layer, "_l" + layer);
      if (bidirectional) {
        put(shapes, layer, "_l" + layer + "_reverse");
      }
    }
    if (head.rows() > 0) {
      shapes.put("head.weight", new int[] {head.rows(), width()});
      shapes.put("head.bias", new int[] {head.rows()});
    }
    return shapes;
  }

  private void put(Map<String, int[]> shapes, int layer, String suffix) {
    int rows = cell.gates() * hidden;
    shapes.put("weight_ih" + suffix, new int[] {rows, inputs(layer)});
    shapes.put("weight_hh" + suffix, new int[] {rows, hidden});
    shapes.put("bias_ih" + suffix, new int[] {rows});
    shapes.put("bias_hh" + suffix, new int[] {rows});
    if (cell == CellKind.PEEPHOLE) {
      shapes.put("weight_ch" + suffix, new int[] {3 * hidden});
    }
  }

  /** Says which tensor is missing, misshapen or too many, by name. */
  public void check(Tensors tensors) {
    Map<String, int[]> shapes = shapes();
    shapes.forEach(tensors::tensor);
    for (String name : tensors.names()) {
      if (!shapes.containsKey(name)) {
        throw new IllegalArgumentException("tensor \"" + name + "\" has no place in " + this);
      }
    }
  }

  /** In words, as {@code lstm of 2 layers of 64, both ways, 3 inputs, linear head of 2}. */
  @Override
  public String toString() {
    return "%s of %s of %d%s, %s%s%s"
        .formatted(
            cell.word(),
            count(layers, "layer"),
            hidden,
            bidirectional ? ", both ways" : "",
            count(inputs, "input"),
            convolution > 0 ? " by a convolution of " + convolution : "",
            head.rows() > 0 ? ", " + head : "");
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
