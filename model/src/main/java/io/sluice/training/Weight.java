package io.sluice.training;

/** The matrix W of products W·x, and its gradient, outside the heap. */
final class Weight {
  private final String name;

  /** W (outputs, inputs). */
  final Matrix matrix;

  private final Matrix gradient;
  private final float[] scratch;

  Weight(String name, int outputs, int inputs) {
    this.name = name;
    matrix = new Matrix(outputs, inputs);
    gradient = new Matrix(outputs, inputs);
    scratch = new float[outputs * inputs];
  }

  void load(Parameters w) {
    matrix.put(w.values, w.offset(name));
  }

  /** dW = dyᵀ·x over all steps at once. */
  void gradient(Matrix dy, Matrix x) {
    gradient.product(Matrix.Form.AT_B, dy, x, 0);
  }

  void unload(Parameters dw) {
    gradient.get(scratch);
    dw.add(name, scratch);
  }
}
