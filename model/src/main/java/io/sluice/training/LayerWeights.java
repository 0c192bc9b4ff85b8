package io.sluice.training;

import io.sluice.cell.Cell;
import io.sluice.cell.Step;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import java.util.Arrays;

/** What one layer learns in one direction: W, U, their biases, a cell's peepholes; and the cell that they belong to. */
final class LayerWeights {
  final Cell cell;

  /** W (G·H, inputs). */
  final Weight ofInput;

  /** U (G·H, H). */
  final Weight ofMemory;

  /** Of all sums, or of those of the input alone where the cell keeps them apart. */
  private final Bias bias;

  private final Bias memoryBias;
  private final String peepholeName;
  private final float[] peepholes;
  private final float[] dPeepholes;

  LayerWeights(Architecture shape, int layer, String suffix, int rows) {
    int hidden = shape.hidden();
    int sums = shape.cell().gates() * hidden;
    ofInput = new Weight("weight_ih" + suffix, sums, shape.inputs(layer));
    ofMemory = new Weight("weight_hh" + suffix, sums, hidden);
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
    ofInput.load(w);
    ofMemory.load(w);
    bias.load(w);
    memoryBias.load(w);
    if (peepholes.length > 0) {
      w.get(peepholeName, peepholes);
      Arrays.fill(dPeepholes, 0);
    }
  }

  void addBiases(Step now) {
    bias.addTo(now.z());
    if (cell.sumsApart()) {
      memoryBias.addTo(now.u());
    }
  }

  /** What a step teaches biases and peepholes; W and U learn from all steps at once. */
  void gradient(Step before, Step now, Step d) {
    bias.gradient(d.z());
    if (cell.sumsApart()) {
      memoryBias.gradient(d.u());
    }
    cell.accumulate(before, now, d, dPeepholes);
  }

  void unload(Parameters dw) {
    ofInput.unload(dw);
    ofMemory.unload(dw);
    bias.unload(dw);
    if (cell.sumsApart()) {
      memoryBias.unload(dw);
    }
    if (peepholes.length > 0) {
      dw.add(peepholeName, dPeepholes);
    }
  }
}
