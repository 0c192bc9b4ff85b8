package io.sluice.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Noisy sine waves, each step of which should foretell the next. */
final class Waves {
  private Waves() {}

  static Windows windows(int count, int steps, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Window> windows = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      double phase = 2 * Math.PI * random.nextDouble();
      float[] wave = new float[steps + 1];
      for (int t = 0; t <= steps; t++) {
        wave[t] = (float) (Math.sin(phase + 0.4 * t) + 0.05 * (random.nextDouble() - 0.5));
      }
      windows.add(window(wave, steps));
    }
    return Windows.of(steps, windows);
  }

  private static Window window(float[] wave, int steps) {
    float[] inputs = Arrays.copyOf(wave, steps);
    float[] targets = Arrays.copyOfRange(wave, 1, steps + 1);
    float[] mask = new float[steps];
    Arrays.fill(mask, 1);
    return new Window(inputs, targets, mask);
  }
}
