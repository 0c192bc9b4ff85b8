package io.sluice.cell;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Tensors;

/** One layer in one direction: its cell and its sums, W x + b and U h(t−1) + b, or both in one where the cell allows. */
record Layer(Cell cell, Rows inputs, Rows recurrent, float[] bias, float[] recurrentBias) {

  static Layer of(Architecture shape, Tensors tensors, String suffix) {
    CellKind kind = shape.cell();
    float[] peepholes =
        kind == CellKind.PEEPHOLE ? tensors.tensor("weight_ch" + suffix).data().clone() : null;
    Cell cell = Cell.of(kind, shape.hidden(), peepholes);
    float[] bias = tensors.tensor("bias_ih" + suffix).data().clone();
    float[] recurrentBias = tensors.tensor("bias_hh" + suffix).data().clone();
    if (!cell.sumsApart()) {
      for (int j = 0; j < bias.length; j++) {
        bias[j] += recurrentBias[j];
      }
    }
    return new Layer(
        cell,
        Rows.transposed(tensors.tensor("weight_ih" + suffix)),
        Rows.transposed(tensors.tensor("weight_hh" + suffix)),
        bias,
        recurrentBias);
  }

  /** One step in place: the memory in {@code step} moves on by the inputs x of each series. */
  void forward(float[] x, Step step, int series) {
    repeat(bias, step.z, series);
    inputs.multiply(x, step.z, series);
    if (cell.sumsApart()) {
      repeat(recurrentBias, step.u, series);
    }
    recurrent.multiply(step.h, step.u, series);
    cell.forward(step, step, series);
  }

  private static void repeat(float[] row, float[] block, int times) {
    for (int n = 0; n < times; n++) {
      System.arraycopy(row, 0, block, n * row.length, row.length);
    }
  }
}
