package io.sluice.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tensors of a PyTorch module that holds one nn.LSTM, nn.GRU or nn.RNN and perhaps a linear head, under PyTorch's names
 * with any prefix.
 *
 * <pre>
 *   lstm.weight_ih_l0 (4·H, inputs)    lstm.weight_hh_l0 (4·H, H)    ..._l1, ..., ..._l0_reverse, ...
 *   lstm.bias_ih_l0, lstm.bias_hh_l0   zeros where there are none at all (bias=False)
 *   fc.weight (outputs, width)         fc.bias, zeros if absent; or head.weight, head.bias
 * </pre>
 *
 * <p>weight_hh has H columns and gates · H rows, which tells the cells apart: an LSTM has 4 gates, a GRU 3, an RNN 1. Whether
 * an RNN squashes with tanh or relu is written nowhere in its tensors; it is taken for tanh.
 */
record StateDict(Tensors tensors) {
  private static final Pattern RECURRENT =
      Pattern.compile("(.*)(weight_ih|weight_hh|weight_hr|bias_ih|bias_hh)_l(\\d{1,3})(_reverse)?");
  private static final Pattern HEAD = Pattern.compile("(.*)(fc|head)\\.weight");
  private static final Map<Integer, CellKind> BY_GATES =
      Map.of(1, CellKind.RNN, 3, CellKind.GRU, 4, CellKind.LSTM);

  /** The same weights under this package's names; what is missing, misshapen or too many is named. */
  Weights weights() {
    String prefix = prefix();
    String head = head();
    Architecture architecture = architecture(prefix, head);
    boolean biased = tensors.names().stream().anyMatch(name -> name.startsWith(prefix + "bias_"));
    Set<String> left = new TreeSet<>(tensors.names());
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    for (Map.Entry<String, int[]> entry : architecture.shapes().entrySet()) {
      String ours = entry.getKey();
      boolean ofHead = ours.startsWith("head.");
      String theirs = ofHead ? head + ours.substring("head".length()) : prefix + ours;
      boolean optional = ours.equals("head.bias") || !biased && ours.startsWith("bias_");
      boolean absent = optional && !tensors.has(theirs);
      int[] shape = entry.getValue();
      renamed.put(ours, absent ? Tensor.zeros(shape) : tensors.tensor(theirs, shape));
      left.remove(theirs);
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "tensors %s have no place in an %s; a linear head is fc.weight or head.weight, with or without its bias"
              .formatted(left, architecture));
    }
    return new Weights(architecture, new Tensors(renamed));
  }

  /** What stands before the names of the recurrent tensors: as a rule the name of their module, and a dot. */
  private String prefix() {
    Set<String> prefixes = new TreeSet<>();
    for (String name : tensors.names()) {
      Matcher matcher = RECURRENT.matcher(name);
      if (matcher.matches()) {
        prefixes.add(matcher.group(1));
        if (matcher.group(2).equals("weight_hr")) {
          throw new IllegalArgumentException(
              "tensor \"%s\" projects the hidden state (proj_size), which no cell here does"
                  .formatted(name));
        }
      }
    }
    if (prefixes.size() != 1) {
      throw new IllegalArgumentException(
          "recurrent networks %s among the tensors %s, expected one"
              .formatted(prefixes, tensors.names()));
    }
    return prefixes.iterator().next();
  }

  /** Name of the linear head, empty if there is none. */
  private String head() {
    List<String> heads =
        tensors.names().stream().filter(name -> HEAD.matcher(name).matches()).toList();
    if (heads.size() > 1) {
      throw new IllegalArgumentException("heads %s, expected one or none".formatted(heads));
    }
    return heads.isEmpty()
        ? ""
        : heads.get(0).substring(0, heads.get(0).length() - ".weight".length());
  }

  private Architecture architecture(String prefix, String head) {
    int layers = 0;
    boolean bidirectional = false;
    for (String name : tensors.names()) {
      Matcher matcher = RECURRENT.matcher(name);
      if (matcher.matches()) {
        layers = Math.max(layers, 1 + Integer.parseInt(matcher.group(3)));
        bidirectional |= matcher.group(4) != null;
      }
    }
    int[] hidden = matrix(prefix + "weight_hh_l0");
    CellKind cell = hidden[0] % hidden[1] == 0 ? BY_GATES.get(hidden[0] / hidden[1]) : null;
    if (cell == null) {
      throw new IllegalArgumentException(
          "tensor \"%sweight_hh_l0\" has %d rows and %d columns, expected 1 (RNN), 3 (GRU) or 4 (LSTM) times as many rows"
              .formatted(prefix, hidden[0], hidden[1]));
    }
    int inputs = matrix(prefix + "weight_ih_l0")[1];
    return new Architecture(
        cell,
        inputs,
        hidden[1],
        layers,
        bidirectional,
        0,
        head.isEmpty() ? new Head.None() : new Head.Linear(matrix(head + ".weight")[0]));
  }

  private int[] matrix(String name) {
    Tensor tensor = tensors.tensor(name);
    if (tensor.shape().length != 2 || tensor.data().length == 0) {
      throw new IllegalArgumentException(
          "tensor \"%s\" is %s, expected a matrix".formatted(name, tensor));
    }
    return tensor.shape();
  }
}
