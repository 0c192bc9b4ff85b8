package io.sluice.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateDictTest {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /** The tensors of one direction of one layer. */
  private void layer(String prefix, String suffix, int gates, int inputs) {
    int hidden = 5;
    tensors.put(prefix + "weight_ih" + suffix, Tensor.zeros(gates * hidden, inputs));
    tensors.put(prefix + "weight_hh" + suffix, Tensor.zeros(gates * hidden, hidden));
    tensors.put(prefix + "bias_ih" + suffix, Tensor.zeros(gates * hidden));
    tensors.put(prefix + "bias_hh" + suffix, Tensor.zeros(gates * hidden));
  }

  private Architecture architecture() {
    return new StateDict(new Tensors(tensors)).weights().architecture();
  }

  @Test
  void tellsTheCellsApartByTheirRows() {
    layer("", "_l0", 4, 3);
    assertThat(architecture())
        .isEqualTo(new Architecture(CellKind.LSTM, 3, 5, 1, false, 0, new Head.None()));
    layer("", "_l0", 3, 3);
    assertThat(architecture().cell()).isEqualTo(CellKind.GRU);
    layer("", "_l0", 1, 3);
    assertThat(architecture().cell()).isEqualTo(CellKind.RNN);
  }

  @Test
  void readsDepthDirectionsAndHeadUnderAnyPrefix() {
    for (int layer = 0; layer < 12; layer++) {
      layer("net.lstm.", "_l" + layer, 4, layer == 0 ? 3 : 10);
      layer("net.lstm.", "_l" + layer + "_reverse", 4, layer == 0 ? 3 : 10);
    }
    tensors.put("net.fc.weight", Tensor.zeros(2, 10));
    tensors.put("net.fc.bias", Tensor.zeros(2));
    assertThat(architecture())
        .isEqualTo(new Architecture(CellKind.LSTM, 3, 5, 12, true, 0, new Head.Linear(2)));
  }

  @Test
  void takesAPrefixThatIsNoModuleToo() {
    layer("encoder_", "_l0", 1, 3);
    tensors.put("encoder_fc.weight", Tensor.zeros(2, 5));
    assertThat(architecture())
        .isEqualTo(new Architecture(CellKind.RNN, 3, 5, 1, false, 0, new Head.Linear(2)));
  }

  @Test
  void takesAbsentBiasesForZeros() {
    layer("gru.", "_l0", 3, 3);
    tensors.keySet().removeIf(name -> name.contains("bias"));
    tensors.put("head.weight", Tensor.zeros(2, 5));
    Weights weights = new StateDict(new Tensors(tensors)).weights();
    assertThat(weights.tensors().tensor("bias_hh_l0")).isEqualTo(Tensor.zeros(15));
    assertThat(weights.tensors().tensor("head.bias")).isEqualTo(Tensor.zeros(2));
  }

  @Test
  void saysWhatIsMissing() {
    layer("lstm.", "_l0", 4, 3);
    layer("lstm.", "_l2", 4, 5);
    refuses("no tensor \"lstm.weight_ih_l1\" among");
    layer("lstm.", "_l1", 4, 5);
    tensors.remove("lstm.bias_hh_l2");
    refuses("no tensor \"lstm.bias_hh_l2\" among");
  }

  @Test
  void saysWhatIsMisshapen() {
    layer("lstm.", "_l0", 4, 3);
    layer("lstm.", "_l1", 4, 6);
    refuses("tensor \"lstm.weight_ih_l1\" has shape [20, 6], expected [20, 5]");
    layer("lstm.", "_l1", 4, 5);
    tensors.put("fc.weight", Tensor.zeros(2, 6));
    refuses("tensor \"fc.weight\" has shape [2, 6], expected [2, 5]");
    tensors.put("lstm.weight_hh_l0", Tensor.zeros(10, 5));
    refuses("tensor \"lstm.weight_hh_l0\" has 10 rows and 5 columns, expected 1 (RNN)");
    tensors.put("lstm.weight_hh_l0", Tensor.zeros(10));
    refuses("tensor \"lstm.weight_hh_l0\" is Tensor[10], expected a matrix");
    tensors.put("lstm.weight_hh_l0", Tensor.zeros(0, 0));
    refuses("tensor \"lstm.weight_hh_l0\" is Tensor[0, 0], expected a matrix");
  }

  @Test
  void saysWhatHasNoPlace() {
    refuses("recurrent networks [] among the tensors [], expected one");
    layer("lstm.", "_l0", 4, 3);
    tensors.put("norm.weight", Tensor.zeros(5));
    refuses("tensors [norm.weight] have no place in");
    tensors.remove("norm.weight");
    tensors.put("fc.weight", Tensor.zeros(2, 5));
    tensors.put("head.weight", Tensor.zeros(2, 5));
    refuses("heads [fc.weight, head.weight], expected one or none");
    tensors.put("lstm.weight_hr_l0", Tensor.zeros(2, 5));
    refuses("tensor \"lstm.weight_hr_l0\" projects the hidden state (proj_size)");
    tensors.remove("lstm.weight_hr_l0");
    layer("decoder.", "_l0", 4, 3);
    refuses("recurrent networks [decoder., lstm.] among the tensors");
  }

  private void refuses(String reason) {
    byte[] file = new SafeTensors(new Tensors(tensors), Map.of()).bytes();
    assertThatThrownBy(() -> Weights.read("f", file))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("f: " + reason);
  }
}
