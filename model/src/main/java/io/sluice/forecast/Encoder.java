package io.sluice.forecast;

import java.util.Arrays;

/**
 * Moves h and c of a memory by its newest input; where other weights formed them, forms them anew from all the inputs that
 * the memory keeps. Nobody has to be told that weights have changed: each series finds out at its own next reading.
 */
final class Encoder {
  /** Sign apart, bits of a float ascend with its size: from here on it is infinite or no number. */
  private static final int INFINITE = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

  private final Features features;
  private final float[] x;
  private float[] before = {};

  Encoder(ForecastPlan plan) {
    features = new Features(plan);
    x = new float[features.size()];
  }

  /** Whether the model has an answer; without one h and c stand as they stood. */
  boolean step(String series, Memory memory, Model model) {
    return step(series, memory, memory.encoding(), model);
  }

  /** The same with h and c that lie elsewhere than in the memory. */
  boolean step(String series, Memory memory, Encoding encoding, Model model) {
    if (!model.answers()) {
      encoding.forget();
      return false;
    }
    features.of(series);
    if (encoding.print() != model.print()) {
      encoding.begin(model.version(), model.print(), model.stateSize());
      return replay(memory, encoding, model);
    }
    encoding.rename(model.version());
    features.fill(memory, x);
    return step(encoding.state(), model);
  }

  private boolean replay(Memory memory, Encoding encoding, Model model) {
    Context context = memory.context();
    long time = memory.time();
    for (int ago = 0; ago < context.known() - 1; ago++) {
      time -= context.elapsed(ago);
    }
    boolean answered = false;
    for (int ago = context.known() - 1; ago >= 0; ago--) {
      features.fill(memory, ago, time, x);
      answered = step(encoding.state(), model);
      time += ago > 0 ? context.elapsed(ago - 1) : 0;
    }
    return answered;
  }

  /** A step that leaves the finite numbers is not made. */
  private boolean step(float[] state, Model model) {
    if (before.length != state.length) {
      before = new float[state.length];
    }
    System.arraycopy(state, 0, before, 0, state.length);
    model.step(state, x);
    boolean finite = finite(state) && finite(model.answer());
    if (!finite) {
      System.arraycopy(before, 0, state, 0, state.length);
      Arrays.fill(model.answer(), 0);
    }
    return finite;
  }

  private static boolean finite(float[] numbers) {
    int largest = 0;
    for (float number : numbers) {
      largest = Math.max(largest, Float.floatToRawIntBits(number) & Integer.MAX_VALUE);
    }
    return largest < INFINITE;
  }
}
