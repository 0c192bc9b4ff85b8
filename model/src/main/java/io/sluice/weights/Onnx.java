package io.sluice.weights;

import io.sluice.weights.OnnxGraph.Attribute;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network as an ONNX model, to be run elsewhere over windows or step by step.
 *
 * <pre>
 *   x    (batch, steps, inputs)                   y          (batch, steps, outputs)
 *   h    (layers · directions, batch, hidden)     h_next     as h
 *   c    as h, for cells that have it             c_next     as c
 *   past (batch, width − 1, inputs),              past_next  as past
 *        with a convolution wider than 1
 * </pre>
 *
 * <p>Begin with zeros and hand the three back in with the next steps. ONNX stacks the gates of an LSTM as i, o, f, g and of a
 * GRU as z, r, n. Its own coupling of gates keeps i where ours keeps f, but 1 − σ(z) = σ(−z): the coupled cell is an LSTM
 * whose rows for i are the negated rows for f.
 */
public final class Onnx {
  /** Stands for the first block of rows with its sign turned. */
  private static final int NEGATED_FIRST = -1;

  /** An absent input: every series is as long as the window. */
  private static final String LENGTHS = "";

  private final Architecture architecture;
  private final Tensors tensors;
  private final OnnxGraph graph = new OnnxGraph();

  private Onnx(Weights weights) {
    this.architecture = weights.architecture();
    this.tensors = weights.tensors();
  }

  public static void write(Path file, Weights weights) throws IOException {
    Files.write(file, bytes(weights));
  }

  public static byte[] bytes(Weights weights) {
    return new Onnx(weights).network();
  }

  private byte[] network() {
    String x = graph.input("x", "batch", "steps", architecture.inputs());
    x = swapped(architecture.convolution() > 0 ? convolution(x) : x);
    List<Memory> memories =
        Stream.of("h", "c").limit(architecture.cell().states()).map(this::memory).toList();
    for (int layer = 0; layer < architecture.layers(); layer++) {
      x = layer(layer, x, memories);
    }
    for (Memory memory : memories) {
      String all = graph.node("Concat", memory.after(), Attribute.of("axis", 0));
      graph.output(all, memory.name() + "_next", memoryShape());
    }
    graph.output(head(swapped(x)), "y", "batch", "steps", outputs());
    return graph.model(architecture.cell().word());
  }

  /** What the layers remember, one value for each, before the window and after it. */
  private record Memory(String name, List<String> before, List<String> after) {}

  private Memory memory(String name) {
    long[] directions = new long[architecture.layers()];
    Arrays.fill(directions, directions());
    String all = graph.input(name, memoryShape());
    List<String> before =
        graph.node(
            "Split",
            List.of(all, graph.constant(directions)),
            architecture.layers(),
            Attribute.of("axis", 0));
    return new Memory(name, before, new ArrayList<>());
  }

  private String layer(int layer, String x, List<Memory> memories) {
    List<String> inputs = new ArrayList<>(List.of(x));
    inputs.addAll(weights(layer));
    inputs.add(LENGTHS);
    memories.forEach(memory -> inputs.add(memory.before().get(layer)));
    inputs.addAll(peepholes(layer));
    List<String> outputs = cell(inputs);
    for (int m = 0; m < memories.size(); m++) {
      memories.get(m).after().add(outputs.get(1 + m));
    }
    return sideBySide(outputs.get(0));
  }

  private Object[] memoryShape() {
    return new Object[] {architecture.layers() * directions(), "batch", architecture.hidden()};
  }

  private List<String> cell(List<String> inputs) {
    List<Attribute> attributes = new ArrayList<>();
    attributes.add(Attribute.of("hidden_size", architecture.hidden()));
    attributes.add(
        Attribute.of("direction", architecture.bidirectional() ? "bidirectional" : "forward"));
    if (architecture.cell() == CellKind.GRU) {
      attributes.add(Attribute.of("linear_before_reset", 1));
    }
    String operator =
        switch (architecture.cell()) {
          case RNN -> "RNN";
          case GRU -> "GRU";
          case LSTM, PEEPHOLE, COUPLED -> "LSTM";
        };
    return graph.node(
        operator, inputs, 1 + architecture.cell().states(), attributes.toArray(Attribute[]::new));
  }

  private List<String> weights(int layer) {
    int[] gates =
        switch (architecture.cell()) {
          case RNN -> new int[] {0};
          case GRU -> new int[] {1, 0, 2};
          case LSTM, PEEPHOLE -> new int[] {0, 3, 1, 2};
          case COUPLED -> new int[] {NEGATED_FIRST, 2, 0, 1};
        };
    return List.of(
        stacked("W", layer, gates, "weight_ih"),
        stacked("R", layer, gates, "weight_hh"),
        stacked("B", layer, gates, "bias_ih", "bias_hh"));
  }

  private List<String> peepholes(int layer) {
    return architecture.cell() == CellKind.PEEPHOLE
        ? List.of(stacked("P", layer, new int[] {0, 2, 1}, "weight_ch"))
        : List.of();
  }

  /** The tensors of a layer, direction by direction, their blocks of {@code hidden} rows in ONNX's order. */
  private String stacked(String name, int layer, int[] blocks, String... parts) {
    int[] one = tensors.tensor(parts[0] + "_l" + layer).shape();
    int columns = one.length == 2 ? one[1] : 1;
    int rows = parts.length * blocks.length * architecture.hidden();
    FloatBuffer data = FloatBuffer.allocate(directions() * rows * columns);
    for (int direction = 0; direction < directions(); direction++) {
      for (String part : parts) {
        String suffix = "_l" + layer + (direction == 0 ? "" : "_reverse");
        put(tensors.tensor(part + suffix).data(), blocks, columns * architecture.hidden(), data);
      }
    }
    int[] shape = Arrays.copyOf(new int[] {directions(), rows, columns}, 1 + one.length);
    return graph.constant(name + "_l" + layer, new Tensor(shape, data.array()));
  }

  private static void put(float[] from, int[] blocks, int length, FloatBuffer to) {
    for (int block : blocks) {
      if (block == NEGATED_FIRST) {
        for (int i = 0; i < length; i++) {
          to.put(-from[i]);
        }
      } else {
        to.put(from, block * length, length);
      }
    }
  }

  /** The convolution's answer to x, whose first steps see the past ones. */
  private String convolution(String x) {
    int past = architecture.convolution() - 1;
    String all = x;
    if (past > 0) {
      String before = graph.input("past", "batch", past, architecture.inputs());
      all = graph.node("Concat", List.of(before, x), Attribute.of("axis", 1));
      List<String> last =
          List.of(all, graph.constant(-past), graph.constant(Long.MAX_VALUE), graph.constant(1));
      graph.output(graph.node("Slice", last), "past_next", "batch", past, architecture.inputs());
    }
    String seen =
        graph.node(
            "Conv",
            List.of(
                transposed(all, 0, 2, 1),
                graph.constant("conv.weight", tensors.tensor("conv.weight")),
                graph.constant("conv.bias", tensors.tensor("conv.bias"))));
    return transposed(seen, 0, 2, 1);
  }

  private String head(String x) {
    Head head = architecture.head();
    if (head instanceof Head.None) {
      return x;
    }
    String weight = transposed(graph.constant("head.weight", tensors.tensor("head.weight")), 1, 0);
    String bias = graph.constant("head.bias", tensors.tensor("head.bias"));
    String sums = graph.node("Add", List.of(graph.node("MatMul", List.of(x, weight)), bias));
    if (head instanceof Head.Softmax) {
      return graph.node("Softmax", List.of(sums), Attribute.of("axis", -1));
    }
    return head instanceof Head.Quantiles quantiles ? spread(sums, quantiles) : sums;
  }

  /** The middle level is its sum; each level further out lies one positive gap beyond its neighbour. */
  private String spread(String sums, Head.Quantiles head) {
    int levels = head.levels();
    int middle = (levels - 1) / 2;
    Tensor keep = Tensor.zeros(levels, levels);
    Tensor gaps = Tensor.zeros(levels, levels);
    Arrays.fill(keep.data(), middle * levels, (middle + 1) * levels, 1);
    for (int from = 0; from < levels; from++) {
      for (int to = 0; to < levels; to++) {
        boolean above = middle < from && from <= to;
        boolean below = to <= from && from < middle;
        gaps.data()[from * levels + to] = above ? 1 : below ? -1 : 0;
      }
    }
    String sets = reshaped(sums, 0, 0, head.variables() * head.leads(), levels);
    String kept = graph.node("MatMul", List.of(sets, graph.constant("keep", keep)));
    String spread = graph.node("MatMul", List.of(gap(sets), graph.constant("gaps", gaps)));
    return reshaped(graph.node("Add", List.of(kept, spread)), 0, 0, -1);
  }

  /** (x + √(x² + 4)) / 2, as max(x, 0) + 2 / (√(x² + 4) + |x|), which loses nothing where x is far below 0. */
  private String gap(String x) {
    String square = graph.node("Mul", List.of(x, x));
    String four = graph.constant("four", new Tensor(new int[0], new float[] {4}));
    String two = graph.constant("two", new Tensor(new int[0], new float[] {2}));
    String root = graph.node("Sqrt", List.of(graph.node("Add", List.of(square, four))));
    String sum = graph.node("Add", List.of(root, graph.node("Abs", List.of(x))));
    String rest = graph.node("Div", List.of(two, sum));
    return graph.node("Add", List.of(graph.node("Relu", List.of(x)), rest));
  }

  /** (steps, directions, batch, hidden) as (steps, batch, width). */
  private String sideBySide(String y) {
    return reshaped(transposed(y, 0, 2, 1, 3), 0, 0, -1);
  }

  /** Steps first, as the operators want them, or batch first. */
  private String swapped(String x) {
    return transposed(x, 1, 0, 2);
  }

  private String transposed(String x, int... order) {
    return graph.node("Transpose", List.of(x), Attribute.of("perm", order));
  }

  /** @param shape 0 for a dimension that stays, -1 for what is left */
  private String reshaped(String x, long... shape) {
    return graph.node("Reshape", List.of(x, graph.constant(shape)));
  }

  private int directions() {
    return architecture.bidirectional() ? 2 : 1;
  }

  private int outputs() {
    int rows = architecture.head().rows();
    return rows == 0 ? architecture.width() : rows;
  }
}
