package io.sluice.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Python;
import io.sluice.cell.WeightsCheck;
import io.sluice.weights.Npy;
import io.sluice.weights.SafeTensors;
import io.sluice.weights.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that PyTorch made are trained on here, and PyTorch takes them back. */
class ThereAndBackTest {
  private static final Path THEIRS =
      Path.of("src/test/resources/weights/checks/seed-module/weights.safetensors");
  private static final int STEPS = 12;

  @Test
  void whatPyTorchMadeIsTrainedOnAndOpensInPyTorchAgain(@TempDir Path folder) throws Exception {
    Python.assumeModule("torch");
    Weights start = Weights.read(THEIRS);
    Windows windows = sums(64, start, 1);
    Windows later = sums(32, start, 2);
    Plan plan =
        Plan.of(new Loss.Squared(), 20)
            .withBatch(8)
            .with(Optimiser.Adam.DEFAULT, new Schedule.Constant(0.01));
    Trainer trainer = new Trainer(plan);

    Weights learnt = trainer.train(start, windows, Windows.NONE, Progress.SILENT).weights();

    assertThat(trainer.loss(learnt, later)).isLessThan(0.5 * trainer.loss(start, later));
    byte[] bytes = new SafeTensors(learnt.tensors(), Map.of()).bytes();
    Files.write(folder.resolve("release.safetensors"), bytes);
    Python.run("run_release.py", folder);
    WeightsCheck check =
        WeightsCheck.of(
            learnt, Npy.read(folder.resolve("in.npy")), Npy.read(folder.resolve("out.npy")));
    assertThat(check.within(1e-5)).as(check.toString()).isTrue();
  }

  /** Noise, of which the mean over the inputs of each step is to be told. */
  private static Windows sums(int count, Weights weights, long seed) {
    int inputs = weights.architecture().inputs();
    int outputs = weights.architecture().head().rows();
    Random random = new Random(seed);
    List<Window> windows = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      float[] input = new float[STEPS * inputs];
      float[] target = new float[STEPS * outputs];
      for (int i = 0; i < input.length; i++) {
        input[i] = (float) random.nextGaussian();
        for (int k = 0; k < outputs; k++) {
          target[i / inputs * outputs + k] += input[i] / inputs;
        }
      }
      float[] mask = new float[target.length];
      Arrays.fill(mask, 1);
      windows.add(new Window(input, target, mask));
    }
    return Windows.of(STEPS, windows);
  }
}
