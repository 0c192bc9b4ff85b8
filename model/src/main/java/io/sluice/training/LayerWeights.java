package io.sluice.training;

import io.sluice.cell.Cell;
import io.sluice.cell.Linear;
import io.sluice.cell.Step;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import java.util.Arrays;

/** What one layer learns in one direction: W, U, their biases, a cell's peepholes; and the cell that they belong to. */
final class LayerWeights {
  final Cell cell;

  private final int rows;

  /** W (G·H, inputs). */
  private final Linear ofInput;

  /** U (G·H, H). */
  private final Linear ofMemory;

  private final String inputName;
  private final String memoryName;

  /** Of all sums, or of those of the input alone where the cell keeps them apart. */
  private final Bias bias;

  private final Bias memoryBias;
  private final String peepholeName;
  private final float[] peepholes;
  private final float[] dPeepholes;

  LayerWeights(Architecture shape, int layer, String suffix, int rows) {
    int hidden = shape.hidden();
    int sums = shape.cell().gates() * hidden;
    this.rows = rows;
    ofInput = new Linear(shape.inputs(layer), sums);
    ofMemory = new Linear(hidden, sums);
    inputName = "weight_ih" + suffix;
    memoryName = "weight_hh" + suffix;
    peepholeName = "weight_ch" + suffix;
    peepholes = new float[shape.cell() == CellKind.PEEPHOLE ? 3 * hidden : 0];
    dPeepholes = new float[peepholes.length];
    cell = Cell.of(shape.cell(), hidden, peepholes);
    if (cell.sumsApart()) {
      bias = new Bias(sums, rows, "bias_ih" + suffix);
      memoryBias = new Bias(sums, rows, "bias_hh" + suffix);
    } else {
      bias = new Bias(sums, rows, "bias_ih" + suffix, "bias_hh" + suffix);
      memoryBias = bias;
    }
  }

  void load(Parameters w) {
    ofInput.load(w.values, w.offset(inputName));
    ofMemory.load(w.values, w.offset(memoryName));
    bias.load(w);
    memoryBias.load(w);
    if (peepholes.length > 0) {
      w.get(peepholeName, peepholes);
      Arrays.fill(dPeepholes, 0);
    }
  }

  /** z = W·x + b and u = U·h(t−1) + b, or the sum of both. */
  void sums(float[] x, Step before, Step now) {
    bias.start(now.z());
    ofInput.forward(x, now.z(), rows);
    if (cell.sumsApart()) {
      memoryBias.start(now.u());
    }
    ofMemory.forward(before.h(), now.u(), rows);
  }

  /** What a step teaches. */
  void gradient(float[] x, Step before, Step now, Step d) {
    ofInput.learn(x, d.z(), rows);
    ofMemory.learn(before.h(), d.u(), rows);
    bias.gradient(d.z());
    if (cell.sumsApart()) {
      memoryBias.gradient(d.u());
    }
    cell.accumulate(before, now, d, rows, dPeepholes);
  }

  /** dx += dz·W. */
  void toInput(Step d, float[] dx) {
    ofInput.backward(d.z(), dx, rows);
  }

  /** dh += du·U. */
  void toMemory(Step d) {
    ofMemory.backward(d.u(), d.h(), rows);
  }

  void unload(Parameters dw) {
    ofInput.unload(dw.values, dw.offset(inputName));
    ofMemory.unload(dw.values, dw.offset(memoryName));
    bias.unload(dw);
    if (cell.sumsApart()) {
      memoryBias.unload(dw);
    }
    if (peepholes.length > 0) {
      dw.add(peepholeName, dPeepholes);
    }
  }
}
