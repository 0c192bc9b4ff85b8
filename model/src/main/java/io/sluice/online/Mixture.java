package io.sluice.online;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How much each forecaster counts at one lead: ML-Poly (Gaillard, Stoltz, van Erven 2014) on the gradient of the squared
 * error, with fading regrets.
 *
 * <p>A forecaster's regret is how much better the mixture would have done by leaning further to it. Weights are the positive
 * regrets, each over the sum of its squares, so that no rate is tuned and no unit matters; the mixture is then never much
 * worse than the best fixed mean of the forecasters. Before any regret the first forecaster counts alone.
 *
 * <pre>
 *   error f64 │ learnt u16 │ regret f64 × forecasters │ squares f64 × forecasters
 * </pre>
 */
final class Mixture {
  private static final int SPAN = 2000;
  private static final double FADING = 1 - 1.0 / SPAN;

  /** An error counts as at most so many typical ones. */
  private static final double MONSTROUS = 10;

  private final double[] regret;
  private final double[] squares;
  private double error;
  private int learnt;

  Mixture(int forecasters) {
    regret = new double[forecasters];
    squares = new double[forecasters];
  }

  /** The weighted mean of the forecasts from {@code first} on; absent ones are NaN and count nothing. */
  double mean(double[] forecasts, int first) {
    double sum = 0;
    double total = 0;
    double fallback = Double.NaN;
    for (int k = 0; k < regret.length; k++) {
      double forecast = forecasts[first + k];
      if (Double.isNaN(forecast)) {
        continue;
      }
      double weight = weight(k);
      sum += weight * forecast;
      total += weight;
      fallback = Double.isNaN(fallback) ? forecast : fallback;
    }
    return total > 0 ? sum / total : fallback;
  }

  private double weight(int k) {
    return regret[k] > 0 ? regret[k] / squares[k] : 0;
  }

  /** Fills in each forecaster's share, for a reader's eyes. */
  void shares(double[] shares) {
    double total = 0;
    for (int k = 0; k < regret.length; k++) {
      total += shares[k] = weight(k);
    }
    for (int k = 0; k < regret.length; k++) {
      shares[k] = total > 0 ? shares[k] / total : k == 0 ? 1 : 0;
    }
  }

  void learn(double[] forecasts, int first, double mean, double actual) {
    double most = error == 0 ? Double.MAX_VALUE : MONSTROUS * error;
    double missed = Math.max(-most, Math.min(most, mean - actual));
    for (int k = 0; k < regret.length; k++) {
      double apart = Math.max(-most, Math.min(most, mean - forecasts[first + k]));
      double gain = Double.isNaN(apart) ? 0 : missed * apart;
      regret[k] = FADING * regret[k] + gain;
      squares[k] = FADING * squares[k] + gain * gain;
    }
    learnt = Math.min(learnt + 1, SPAN);
    error += (Math.abs(missed) - error) / learnt;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(error);
    out.writeShort(learnt);
    Bytes.write(out, regret);
    Bytes.write(out, squares);
  }

  void read(DataInput in) throws IOException {
    error = in.readDouble();
    learnt = in.readUnsignedShort();
    Bytes.read(in, regret);
    Bytes.read(in, squares);
  }
}
