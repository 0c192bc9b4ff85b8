package io.sluice.training;

import io.sluice.training.Matrix.Form;
import io.sluice.weights.Architecture;
import java.util.Arrays;

/**
 * The causal convolution ahead of the first layer, k wide: what it makes of step t it reads from the steps t−k+1 … t.
 *
 * <pre>
 *   x        (T·B, I)
 *   columns  (T·B, I·k)   the last k values of each input, oldest first, so that the whole is one product
 *   out.x    (T·B, I)     = columns·Wᵀ + b, W (I, I·k)
 * </pre>
 */
final class Convolution implements Stage {
  private final Extent extent;
  private final int inputs;
  private final int width;
  private final Signal in;
  private final Signal out;
  private final Weight weight;
  private final Bias bias;
  private final Matrix columns;

  private final float[] x;
  private final float[] y;
  private final float[] gathered;

  /** The last k−1 steps before the window. */
  private final float[] past;

  Convolution(Architecture shape, Signal in, Extent extent) {
    this.extent = extent;
    this.in = in;
    inputs = shape.inputs();
    width = shape.convolution();
    weight = new Weight("conv.weight", inputs, inputs * width);
    bias = new Bias(inputs, extent.all(), "conv.bias");
    columns = new Matrix(extent.all(), inputs * width);
    out = Signal.of(new Matrix(extent.all(), inputs));
    past = new float[(width - 1) * extent.rows() * inputs];
    x = new float[past.length + extent.all() * inputs];
    y = new float[extent.all() * inputs];
    gathered = new float[extent.all() * inputs * width];
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
    System.arraycopy(past, 0, x, 0, past.length);
    in.x().get(x, past.length);
    gather();
    columns.put(gathered);
    out.x().product(Form.A_BT, columns, weight.matrix, 0);
    out.x().get(y);
    bias.addTo(y);
    out.x().put(y);
  }

  private void gather() {
    int step = extent.rows() * inputs;
    for (int k = 0; k < width; k++) {
      for (int j = 0; j < y.length; j++) {
        gathered[j * width + k] = x[j + k * step];
      }
    }
  }

  @Override
  public void backward() {
    out.dx().get(y);
    bias.gradient(y);
    weight.gradient(out.dx(), columns);
  }

  @Override
  public void unload(Parameters dw) {
    weight.unload(dw);
    bias.unload(dw);
  }

  @Override
  public void carry() {
    System.arraycopy(x, x.length - past.length, past, 0, past.length);
  }

  @Override
  public void forget() {
    Arrays.fill(past, 0);
  }
}
