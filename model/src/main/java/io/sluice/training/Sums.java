package io.sluice.training;

import io.sluice.training.Matrix.Form;
import io.sluice.weights.Architecture;

/** The head's sums W·h + b at every step. */
final class Sums implements Stage {
  private final Signal in;
  private final Signal out;
  private final Affine affine;
  private final float[] y;

  Sums(Architecture shape, Signal in) {
    this.in = in;
    int rows = shape.head().rows();
    affine = new Affine("head.weight", "head.bias", rows, shape.width());
    out = Signal.of(new Matrix(in.x().rows, rows));
    y = new float[in.x().rows * rows];
  }

  @Override
  public Signal out() {
    return out;
  }

  @Override
  public void load(Parameters w) {
    affine.load(w);
  }

  @Override
  public void forward() {
    out.x().product(Form.A_BT, in.x(), affine.weight, 0);
    out.x().get(y);
    affine.addBias(y);
    out.x().put(y);
  }

  @Override
  public void backward() {
    out.dx().get(y);
    affine.biasGradient(y);
    affine.weightGradient(out.dx(), in.x());
    in.dx().product(Form.A_B, out.dx(), affine.weight, 0);
  }

  @Override
  public void unload(Parameters dw) {
    affine.unload(dw);
  }
}
