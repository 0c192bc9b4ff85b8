package io.sluice.training;

import io.sluice.Golden;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Goldens as training takes them. */
final class Goldens {
  private Goldens() {}

  static Loss loss(Golden golden) {
    return switch (golden.word("loss")) {
      case "quantile" -> new Loss.Quantile(golden.levels());
      case "entropy" -> new Loss.CrossEntropy(golden.architecture().head().rows());
      case "huber" -> new Loss.Huber(0.3);
      default -> new Loss.Squared();
    };
  }

  /** Inputs, targets and mask, all of whose targets count where there is no mask. */
  static Batch batch(Golden golden, String x, String target, String mask) {
    int[] shape = golden.tensor(x).shape();
    int targets = golden.tensor(target).shape()[2];
    Batch batch = new Batch(shape[0], shape[1], shape[2], targets);
    System.arraycopy(golden.floats(x), 0, batch.inputs, 0, batch.inputs.length);
    System.arraycopy(golden.floats(target), 0, batch.targets, 0, batch.targets.length);
    Arrays.fill(batch.mask, 1);
    if (!mask.isEmpty()) {
      System.arraycopy(golden.floats(mask), 0, batch.mask, 0, batch.mask.length);
    }
    batch.normalise(batch.weight());
    return batch;
  }

  /** The rows of time-major blocks, one by one. */
  static Windows windows(Golden golden, String x, String target) {
    int steps = golden.tensor(x).shape()[0];
    int rows = golden.tensor(x).shape()[1];
    List<Window> windows = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      float[] mask = new float[steps];
      Arrays.fill(mask, 1);
      windows.add(new Window(joined(golden.row(x, row)), joined(golden.row(target, row)), mask));
    }
    return Windows.of(steps, windows);
  }

  private static float[] joined(float[][] steps) {
    float[] all = new float[steps.length * steps[0].length];
    for (int t = 0; t < steps.length; t++) {
      System.arraycopy(steps[t], 0, all, t * steps[t].length, steps[t].length);
    }
    return all;
  }
}
