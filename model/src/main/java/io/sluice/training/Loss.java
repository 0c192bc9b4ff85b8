package io.sluice.training;

import java.util.List;

/**
 * How far predictions y lie from targets, and dLoss/dy beside it.
 *
 * <p>Each target is compared with {@link #width} predictions that stand side by side. A mask weighs the targets: 0 for a
 * missing one (which may be NaN), 1 for one that counts fully.
 */
public sealed interface Loss {

  /** How many predictions one target is compared with. */
  int width();

  /** The loss of y[from … from+width) for one target. */
  double value(float[] y, int from, float target);

  /** Writes dLoss/dy for one target into dy[from … from+width). */
  void gradient(float[] y, int from, float target, float[] dy);

  /** Σ mask · loss over all targets. */
  default double total(float[] y, float[] targets, float[] mask) {
    double sum = 0;
    for (int k = 0; k < targets.length; k++) {
      if (mask[k] != 0) {
        sum += mask[k] * value(y, k * width(), targets[k]);
      }
    }
    return sum;
  }

  /** Writes dTotal/dy into dy. */
  default void gradient(float[] y, float[] targets, float[] mask, float[] dy) {
    for (int k = 0; k < targets.length; k++) {
      int from = k * width();
      if (mask[k] != 0) {
        gradient(y, from, targets[k], dy);
      }
      for (int j = from; j < from + width(); j++) {
        dy[j] = mask[k] == 0 ? 0 : mask[k] * dy[j];
      }
    }
  }

  /** (y − target)². */
  record Squared() implements Loss {
    @Override
    public int width() {
      return 1;
    }

    @Override
    public double value(float[] y, int from, float target) {
      double e = y[from] - target;
      return e * e;
    }

    @Override
    public void gradient(float[] y, int from, float target, float[] dy) {
      dy[from] = 2 * (y[from] - target);
    }
  }

  /** Squared, halved, within {@code delta} of the target, and straight lines outside: outliers pull no harder. */
  record Huber(double delta) implements Loss {
    public Huber {
      if (!(delta > 0)) {
        throw new IllegalArgumentException("Huber's delta must be above 0, not " + delta);
      }
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public double value(float[] y, int from, float target) {
      double e = Math.abs(y[from] - target);
      return e <= delta ? 0.5 * e * e : delta * (e - 0.5 * delta);
    }

    @Override
    public void gradient(float[] y, int from, float target, float[] dy) {
      double e = y[from] - target;
      dy[from] = (float) Math.max(-delta, Math.min(delta, e));
    }
  }

  /** Pinball loss, the mean over the levels: an error below the target costs q, one above 1 − q. */
  record Quantile(List<Double> levels) implements Loss {
    public Quantile {
      levels = List.copyOf(levels);
      if (levels.isEmpty() || !levels.stream().allMatch(q -> q > 0 && q < 1)) {
        throw new IllegalArgumentException("quantiles lie between 0 and 1, not " + levels);
      }
    }

    @Override
    public int width() {
      return levels.size();
    }

    @Override
    public double value(float[] y, int from, float target) {
      double sum = 0;
      for (int q = 0; q < width(); q++) {
        double e = target - y[from + q];
        sum += Math.max(levels.get(q) * e, (levels.get(q) - 1) * e);
      }
      return sum / width();
    }

    @Override
    public void gradient(float[] y, int from, float target, float[] dy) {
      for (int q = 0; q < width(); q++) {
        double slope = target > y[from + q] ? -levels.get(q) : 1 - levels.get(q);
        dy[from + q] = (float) (target == y[from + q] ? 0 : slope / width());
      }
    }
  }

  /** −log softmax(y)[target], the target being a symbol's number. */
  record CrossEntropy(int symbols) implements Loss {
    public CrossEntropy {
      if (symbols < 2) {
        throw new IllegalArgumentException("cross-entropy needs two symbols, not " + symbols);
      }
    }

    @Override
    public int width() {
      return symbols;
    }

    @Override
    public double value(float[] y, int from, float target) {
      double top = top(y, from);
      double sum = 0;
      for (int j = from; j < from + symbols; j++) {
        sum += Math.exp(y[j] - top);
      }
      return Math.log(sum) + top - y[from + (int) target];
    }

    @Override
    public void gradient(float[] y, int from, float target, float[] dy) {
      double top = top(y, from);
      double sum = 0;
      for (int j = from; j < from + symbols; j++) {
        dy[j] = (float) Math.exp(y[j] - top);
        sum += dy[j];
      }
      float scale = (float) (1 / sum);
      for (int j = from; j < from + symbols; j++) {
        dy[j] *= scale;
      }
      dy[from + (int) target] -= 1;
    }

    private double top(float[] y, int from) {
      float top = y[from];
      for (int j = from + 1; j < from + symbols; j++) {
        top = Math.max(top, y[j]);
      }
      return top;
    }
  }
}
