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
 * <p>Not much worse is still worse where nothing can be foretold. So the answer goes from the first forecaster to the mixture
 * only as far as it has proved better: by one deviation of chance all the way, by none half of it, and hardly at all where it
 * was worse by one. Chance is reckoned with errors of a lead that come in rows as long as the lead.
 *
 * <pre>
 *   error f64 │ learnt u16 │ regret f64 × forecasters │ squares f64 × forecasters
 *   │ gained f64 │ gained² f64      since layout 2 of {@code Experience}
 * </pre>
 *
 * <p>Up to layout 2 the last forecaster was the network.
 */
final class Mixture {
  private static final int SPAN = 2000;
  private static final double FADING = 1 - 1.0 / SPAN;

  /** An error counts as at most so many typical ones. */
  private static final double MONSTROUS = 10;

  /** Of the way to the mixture that is gone however badly it did: else it could never prove better again. */
  private static final double LEAST = 0.1;

  private final int lead;
  private final double[] regret;
  private final double[] squares;
  private double gained;
  private double gainedSquares;
  private double error;
  private int learnt;

  /** @param lead steps ahead */
  Mixture(int forecasters, int lead) {
    this.lead = lead;
    regret = new double[forecasters];
    squares = new double[forecasters];
  }

  /** What is said in view of the forecasts from {@code first} on; absent ones are NaN and count nothing. */
  double answer(double[] forecasts, int first) {
    double mean = mean(forecasts, first);
    double simple = forecasts[first];
    return Double.isNaN(simple) ? mean : simple + trust() * (mean - simple);
  }

  private double trust() {
    double chance = Math.sqrt(lead * gainedSquares);
    double proof = chance > 0 ? gained / chance : 0;
    return Math.max(LEAST, Math.min(1, (1 + proof) / 2));
  }

  private double mean(double[] forecasts, int first) {
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
    double trust = trust();
    for (int k = 0; k < regret.length; k++) {
      double share = total > 0 ? shares[k] / total : k == 0 ? 1 : 0;
      shares[k] = trust * share + (k == 0 ? 1 - trust : 0);
    }
  }

  void learn(double[] forecasts, int first, double answer, double actual) {
    double most = error == 0 ? Double.MAX_VALUE : MONSTROUS * error;
    double missed = Math.max(-most, Math.min(most, answer - actual));
    for (int k = 0; k < regret.length; k++) {
      double apart = Math.max(-most, Math.min(most, answer - forecasts[first + k]));
      double gain = Double.isNaN(apart) ? 0 : missed * apart;
      regret[k] = FADING * regret[k] + gain;
      squares[k] = FADING * squares[k] + gain * gain;
    }
    if (!Double.isNaN(forecasts[first])) {
      double simple = Math.max(-most, Math.min(most, forecasts[first] - actual));
      double gain = simple * simple - missed * missed;
      gained = FADING * gained + gain;
      gainedSquares = FADING * gainedSquares + gain * gain;
    }
    learnt = Math.min(learnt + 1, SPAN);
    error += (Math.abs(missed) - error) / learnt;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(error);
    out.writeShort(learnt);
    Bytes.write(out, regret);
    Bytes.write(out, squares);
    out.writeDouble(gained);
    out.writeDouble(gainedSquares);
  }

  void read(DataInput in, int version) throws IOException {
    error = in.readDouble();
    learnt = in.readUnsignedShort();
    Bytes.read(in, regret);
    Bytes.read(in, squares);
    if (version < 3) {
      regret[regret.length - 1] = 0;
      squares[squares.length - 1] = 0;
    }
    if (version > 1) {
      gained = in.readDouble();
      gainedSquares = in.readDouble();
    }
  }
}
