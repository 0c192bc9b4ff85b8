package io.sluice.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network's shape and the tensors that fill it: all there, of the right shape, finite, in the order of the forward pass.
 */
public record Weights(Architecture architecture, Tensors tensors) {
  public Weights {
    architecture.check(tensors);
    tensors.checkFinite();
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    for (String name : architecture.shapes().keySet()) {
      ordered.put(name, tensors.tensor(name));
    }
    tensors = new Tensors(ordered);
  }

  public static Weights read(Path file) throws IOException {
    return read(file.toString(), Bytes.read(file));
  }

  /**
   * Off a safetensors file that is a release, or else the state dict of a PyTorch nn.LSTM, nn.GRU or nn.RNN (taken for tanh)
   * with any prefix and perhaps a linear head called fc or head.
   *
   * @param source named in the error
   */
  public static Weights read(String source, byte[] bytes) throws RefusedException {
    SafeTensors file = SafeTensors.read(source, bytes);
    if (file.metadata().containsKey(Release.MARK)) {
      return Release.of(source, file).weights();
    }
    try {
      return new StateDict(file.tensors()).weights();
    } catch (IllegalArgumentException misfit) {
      throw new RefusedException(source, misfit);
    }
  }
}
