package io.sluice.training;

/**
 * What passes between two stages, over all steps: x on the way there, dx = dLoss/dx on the way back.
 *
 * @param wanted whether anybody asks for dx; the data's own is not wanted
 */
record Signal(Matrix x, Matrix dx, boolean wanted) {
  static Signal of(Matrix x) {
    return new Signal(x, new Matrix(x.rows, x.columns), true);
  }

  static Signal data(Extent extent, int width) {
    Matrix x = new Matrix(extent.all(), width);
    return new Signal(x, x, false);
  }
}
