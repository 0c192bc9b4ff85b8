package io.sluice.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final Architecture lstm =
      new Architecture(CellKind.LSTM, 10, 20, 2, false, 0, new Head.Linear(2));

  @Test
  void namesItsTensorsAsPyTorchDoes() {
    assertThat(lstm.shapes().keySet())
        .containsExactly(
            "weight_ih_l0",
            "weight_hh_l0",
            "bias_ih_l0",
            "bias_hh_l0",
            "weight_ih_l1",
            "weight_hh_l1",
            "bias_ih_l1",
            "bias_hh_l1",
            "head.weight",
            "head.bias");
    assertThat(lstm.shapes().get("weight_ih_l1")).containsExactly(80, 20);
  }

  @Test
  void saysWhichTensorIsMisshapen() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    lstm.shapes().forEach((name, shape) -> tensors.put(name, Tensor.zeros(shape)));
    tensors.put("weight_hh_l1", Tensor.zeros(80, 21));
    assertThatThrownBy(() -> lstm.check(new Tensors(tensors)))
        .hasMessage("tensor \"weight_hh_l1\" has shape [80, 21], expected [80, 20]");
  }

  @Test
  void saysWhichTensorHasNoPlace() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    lstm.shapes().forEach((name, shape) -> tensors.put(name, Tensor.zeros(shape)));
    tensors.put("weight_ih_l2", Tensor.zeros(80, 20));
    assertThatThrownBy(() -> lstm.check(new Tensors(tensors)))
        .hasMessageContaining("\"weight_ih_l2\" has no place");
  }
}
