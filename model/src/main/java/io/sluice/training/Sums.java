package io.sluice.training;

import io.sluice.training.Matrix.Form;
import io.sluice.weights.Architecture;

/** The head's sums W·h + b at every step. */
final class Sums implements Stage {
  private final Signal in;
  private final Signal out;
  private final Weight weight;
  private final Bias bias;
  private final float[] y;

  Sums(Architecture shape, Signal in) {
    this.in = in;
    int rows = shape.head().rows();
    weight = new Weight("head.weight", rows, shape.width());
    bias = new Bias(rows, in.x().rows, "head.bias");
    out = Signal.of(new Matrix(in.x().rows, rows));
    y = new float[in.x().rows * rows];
  }

  @Override
  public Signal out() {
    return out;
  }

  @Override
  public void load(Parameters w) {
    weight.load(w);
    bias.load(w);
  }

  @Override
  public void forward() {
    out.x().product(Form.A_BT, in.x(), weight.matrix, 0);
    out.x().get(y);
    bias.addTo(y);
    out.x().put(y);
  }

  @Override
  public void backward() {
    out.dx().get(y);
    bias.gradient(y);
    weight.gradient(out.dx(), in.x());
    in.dx().product(Form.A_B, out.dx(), weight.matrix, 0);
  }

  @Override
  public void unload(Parameters dw) {
    weight.unload(dw);
    bias.unload(dw);
  }
}
