package io.sluice.connectors.mapping;

import io.sluice.connectors.Unreadable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The paths of a mapping as one tree, walked beside a message. A leaf carries the slot that its value goes to.
 *
 * <pre>
 *   slots:  0 series   1 time   2 … values   … covariates
 * </pre>
 */
record Plan(Node root, int variables, int covariates) {
  static final int SERIES = 0;
  static final int TIME = 1;
  static final int VALUES = 2;

  static Plan of(String series, String time, List<String> values, List<String> covariates) {
    Node root = new Node("");
    if (!series.equals(Mapping.KEY)) {
      root.add(Path.parse(series).single(), SERIES);
    }
    if (!time.equals(Mapping.TIMESTAMP)) {
      root.add(Path.parse(time).single(), TIME);
    }
    int variables = addAll(root, values, VALUES);
    int known = addAll(root, covariates, VALUES + variables);
    return new Plan(root, variables, known);
  }

  private static int addAll(Node root, List<String> paths, int firstSlot) {
    int slot = firstSlot;
    for (String text : paths) {
      Path path = Path.parse(text);
      for (int i = path.first(); i <= path.last(); i++) {
        root.add(path.expanded(i), slot++);
      }
      if (path.isRange()) {
        root.at(path.steps()).exactly = path.last() + 1;
      }
    }
    return slot - firstSlot;
  }

  /** What is asked for at one place of a message. */
  static final class Node {
    static final int NO_SLOT = -1;

    final String path;
    private final Map<String, Node> fields = new HashMap<>();
    private final List<Node> elements = new ArrayList<>();
    private int exactly = -1;
    private int slot = NO_SLOT;

    private Node(String path) {
      this.path = path;
    }

    private void add(List<Object> steps, int slot) {
      Node leaf = at(steps);
      if (leaf.slot != NO_SLOT || !leaf.isLeaf()) {
        throw new IllegalArgumentException(
            "path \"%s\" is asked for twice, or lies above another".formatted(leaf.path));
      }
      leaf.slot = slot;
    }

    private Node at(List<Object> steps) {
      Node node = this;
      for (Object step : steps) {
        if (node.slot != NO_SLOT) {
          throw new IllegalArgumentException(
              "path \"%s\" is a value, and another path goes into it".formatted(node.path));
        }
        node = step instanceof String name ? node.named(name) : node.indexed((int) step);
      }
      return node;
    }

    private Node named(String name) {
      return fields.computeIfAbsent(name, n -> new Node(path.isEmpty() ? n : path + "." + n));
    }

    private Node indexed(int index) {
      while (elements.size() <= index) {
        elements.add(null);
      }
      if (elements.get(index) == null) {
        elements.set(index, new Node(path + "[" + index + "]"));
      }
      return elements.get(index);
    }

    boolean isLeaf() {
      return fields.isEmpty() && elements.isEmpty();
    }

    int slot() {
      return slot;
    }

    /** What is asked for in the field of that name, or null: a message has many fields that nobody asks for. */
    Node field(String name) {
      return fields.get(name);
    }

    /** What is asked for in the element of that index, or null. */
    Node element(long index) {
      return index < elements.size() ? elements.get((int) index) : null;
    }

    void checkCount(long count) throws Unreadable {
      if (exactly >= 0 && count != exactly) {
        throw new Unreadable(
            "%s has %d values, the model takes %d".formatted(path, count, exactly));
      }
    }
  }
}
