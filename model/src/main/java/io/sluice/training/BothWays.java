package io.sluice.training;

import io.sluice.weights.Architecture;

/** A layer that reads the window forwards and backwards and hands on both outputs side by side. */
final class BothWays implements Stage {
  private final Recurrent there;
  private final Recurrent back;
  private final Signal out;

  private final float[] half;
  private final float[] whole;

  BothWays(Architecture shape, int layer, Signal in, Extent extent) {
    there = new Recurrent(shape, layer, false, in, extent);
    back = new Recurrent(shape, layer, true, in, extent);
    out = Signal.of(new Matrix(extent.all(), shape.width()));
    half = new float[extent.all() * shape.hidden()];
    whole = new float[2 * half.length];
  }

  @Override
  public Signal out() {
    return out;
  }

  @Override
  public void load(Parameters w) {
    there.load(w);
    back.load(w);
  }

  @Override
  public void forward() {
    there.forward();
    back.forward();
    join(there.out().x(), 0);
    join(back.out().x(), there.out().x().columns);
    out.x().put(whole);
  }

  private void join(Matrix part, int column) {
    part.get(half);
    int width = part.columns;
    for (int row = 0; row < part.rows; row++) {
      System.arraycopy(half, row * width, whole, 2 * row * width + column, width);
    }
  }

  @Override
  public void backward() {
    out.dx().get(whole);
    split(there.out().dx(), 0);
    split(back.out().dx(), there.out().dx().columns);
    there.backward();
    back.backward();
  }

  private void split(Matrix part, int column) {
    int width = part.columns;
    for (int row = 0; row < part.rows; row++) {
      System.arraycopy(whole, 2 * row * width + column, half, row * width, width);
    }
    part.put(half);
  }

  @Override
  public void unload(Parameters dw) {
    there.unload(dw);
    back.unload(dw);
  }

  @Override
  public void forget() {
    there.forget();
    back.forget();
  }
}
