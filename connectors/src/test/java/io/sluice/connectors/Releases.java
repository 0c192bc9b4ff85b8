package io.sluice.connectors;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Edition;
import io.sluice.weights.Head;
import io.sluice.weights.Horizon;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Signature;
import io.sluice.weights.Tensor;
import io.sluice.weights.Tensors;
import io.sluice.weights.Variable;
import io.sluice.weights.Weights;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small releases to publish. */
public final class Releases {
  private Releases() {}

  /** Some 3 kB, the same for the same version. */
  public static Release release(long version) {
    Architecture architecture =
        new Architecture(CellKind.LSTM, 2, 5, 1, false, 0, new Head.Quantiles(2, 2, 3));
    Signature signature =
        new Signature(
            List.of("flow", "pressure"),
            List.of(new Variable("flow", "l/s", 12.5, 3), new Variable("pressure", "bar", 0.1, 1)),
            new Horizon(List.of(1, 24), List.of(0.05, 0.5, 0.95)),
            ZoneId.of("UTC"));
    return new Release(
        Edition.candidate("pumps", version),
        new Weights(architecture, tensors(architecture, new Random(version))),
        signature,
        new Provenance(0, 1, 1, "none", version, Map.of(), 0));
  }

  private static Tensors tensors(Architecture architecture, Random random) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    architecture
        .shapes()
        .forEach(
            (name, shape) -> {
              Tensor tensor = Tensor.zeros(shape);
              for (int i = 0; i < tensor.data().length; i++) {
                tensor.data()[i] = random.nextFloat() - 0.5f;
              }
              tensors.put(name, tensor);
            });
    return new Tensors(tensors);
  }
}
