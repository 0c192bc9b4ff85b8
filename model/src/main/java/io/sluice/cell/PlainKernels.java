package io.sluice.cell;

/** Loops so plain that the compiler unrolls them into vectors. */
final class PlainKernels implements Kernels {
  @Override
  public Rows rows(float[][] rows) {
    return new PlainRows(rows);
  }

  @Override
  public void outer(float[] a, float[] b, float[][] y, int n) {
    PlainOuter.add(a, b, y, n);
  }

  @Override
  public void sigmoid(float[] z, int length) {
    for (int j = 0; j < length; j++) {
      z[j] = Activations.sigmoid(z[j]);
    }
  }

  @Override
  public void tanh(float[] from, float[] to, int length) {
    for (int j = 0; j < length; j++) {
      to[j] = Activations.tanh(from[j]);
    }
  }
}
