package io.sluice.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;

/**
 * The nodes of an ONNX model, put down one after the other in the order of the computation. The field numbers are those of
 * onnx.proto:
 *
 * <pre>
 *   model      1 ir_version   2 producer_name   7 graph   8 opset_import (1 domain, 2 version)
 *   graph      1 node   2 name   5 initializer   11 input   12 output
 *   node       1 input   2 output   3 name   4 op_type   5 attribute
 *   attribute  1 name   3 i   4 s   8 ints   20 type
 *   tensor     1 dims   2 data_type   8 name   9 raw_data
 *   value      1 name   2 type (1 tensor_type (1 elem_type, 2 shape (1 dim (1 dim_value or 2 dim_param))))
 * </pre>
 */
final class OnnxGraph {
  private static final int FORMAT = 7;
  private static final int OPERATORS = 14;
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final Protobuf graph = new Protobuf();
  private int values;

  /** The value that an operator computes. */
  String node(String operator, List<String> inputs, Attribute... attributes) {
    return node(operator, inputs, 1, attributes).get(0);
  }

  /** The several values that an operator computes; an absent input is an empty name. */
  List<String> node(String operator, List<String> inputs, int outputs, Attribute... attributes) {
    List<String> computed = Stream.generate(() -> fresh(operator)).limit(outputs).toList();
    Protobuf node = new Protobuf();
    inputs.forEach(input -> node.text(1, input));
    computed.forEach(output -> node.text(2, output));
    node.text(3, computed.get(0)).text(4, operator);
    for (Attribute attribute : attributes) {
      node.message(5, attribute.message());
    }
    graph.message(1, node);
    return computed;
  }

  /** A constant that is known by that name. */
  String constant(String name, Tensor tensor) {
    ByteBuffer data =
        ByteBuffer.allocate(Float.BYTES * tensor.data().length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(tensor.data());
    return constant(name, FLOAT, tensor.shape(), data);
  }

  String constant(long... wholes) {
    ByteBuffer data =
        ByteBuffer.allocate(Long.BYTES * wholes.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asLongBuffer().put(wholes);
    return constant(fresh("wholes"), INT64, new int[] {wholes.length}, data);
  }

  private String constant(String name, int type, int[] shape, ByteBuffer data) {
    Protobuf tensor = new Protobuf();
    for (int dimension : shape) {
      tensor.whole(1, dimension);
    }
    graph.message(5, tensor.whole(2, type).text(8, name).bytes(9, data.array()));
    return name;
  }

  /** @param shape a number, or a name for what differs from call to call */
  String input(String name, Object... shape) {
    graph.message(11, value(name, shape));
    return name;
  }

  /** Hands out a computed value under a name of its own. */
  void output(String computed, String name, Object... shape) {
    graph.message(
        1, new Protobuf().text(1, computed).text(2, name).text(3, name).text(4, "Identity"));
    graph.message(12, value(name, shape));
  }

  byte[] model(String name) {
    return new Protobuf()
        .whole(1, FORMAT)
        .text(2, "sluice")
        .message(7, graph.text(2, name))
        .message(8, new Protobuf().text(1, "").whole(2, OPERATORS))
        .bytes();
  }

  private static Protobuf value(String name, Object... shape) {
    Protobuf dimensions = new Protobuf();
    for (Object dimension : shape) {
      dimensions.message(
          1,
          dimension instanceof Integer number
              ? new Protobuf().whole(1, number)
              : new Protobuf().text(2, dimension.toString()));
    }
    Protobuf tensor = new Protobuf().whole(1, FLOAT).message(2, dimensions);
    return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
  }

  private String fresh(String what) {
    return what + "_" + values++;
  }

  /** A setting of an operator. */
  record Attribute(Protobuf message) {
    private static final int WHOLE = 2;
    private static final int TEXT = 3;
    private static final int WHOLES = 7;

    static Attribute of(String name, long value) {
      return new Attribute(new Protobuf().text(1, name).whole(3, value).whole(20, WHOLE));
    }

    static Attribute of(String name, String value) {
      return new Attribute(new Protobuf().text(1, name).text(4, value).whole(20, TEXT));
    }

    static Attribute of(String name, int[] values) {
      Protobuf message = new Protobuf().text(1, name);
      for (int value : values) {
        message.whole(8, value);
      }
      return new Attribute(message.whole(20, WHOLES));
    }
  }
}
