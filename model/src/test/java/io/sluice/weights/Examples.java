package io.sluice.weights;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small releases to try things on. */
public final class Examples {
  private Examples() {}

  /** Filled with numbers between -0.5 and 0.5 that depend on the seed alone. */
  public static Weights weights(Architecture architecture, long seed) {
    Random random = new Random(seed);
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
    return new Weights(architecture, new Tensors(tensors));
  }

  /** An LSTM of three inputs that forecasts two variables at two leads in three quantiles. */
  public static Release release(long version) {
    Architecture architecture =
        new Architecture(CellKind.LSTM, 3, 5, 2, false, 0, new Head.Quantiles(2, 2, 3));
    Signature signature =
        new Signature(
            List.of("flow", "pressure", "hour"),
            List.of(
                new Variable("flow", "l/s", 12.5, 3), new Variable("pressure", "bar", 0.1, 1e-3)),
            new Horizon(List.of(1, 24), List.of(0.05, 0.5, 0.95)),
            ZoneId.of("Europe/Berlin"));
    Provenance provenance =
        new Provenance(
            1_700_000_000_000L,
            1_700_086_400_000L,
            4096,
            "adam 0.001, 20 epochs",
            7,
            Map.of("train", 0.125, "valid", 1 / 3.0),
            version - 1);
    return new Release(
        Edition.candidate("pumps", version), weights(architecture, version), signature, provenance);
  }
}
