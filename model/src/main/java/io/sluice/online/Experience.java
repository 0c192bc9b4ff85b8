package io.sluice.online;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What one variable of one series has taught the cheap forecasters. Moved by an {@code Ensemble} in place; written, read and
 * written again it gives the same bytes.
 *
 * <pre>
 *   version u8 = 2 │ plan i32
 *   last f64 │ spread f64
 *   Trace │ Season │ Profile │ LeastSquares │ Mixture × leads
 *   (forecast of each forecaster f64, then their mean) × lead, lead by lead; NaN where none waits
 * </pre>
 */
public final class Experience {
  private static final int VERSION = 2;

  final int plan;
  final Trace trace;
  final Season season;
  final Profile profile = new Profile();
  final LeastSquares squares = new LeastSquares();
  final Mixture[] mixtures;

  /** For each lead a ring as long as the lead: the slot of the step to come is the one made a lead before it. */
  final double[][] waiting;

  /** Typical size of a deviation, by which a monstrous one is cut. */
  double spread;

  double last = Double.NaN;

  private Experience(EnsemblePlan plan) {
    this.plan = plan.print();
    int leads = plan.leads().size();
    trace = new Trace(plan.history());
    season = new Season(plan.history());
    squares.begin(new Features(plan.order(), plan.harmonics(), 1).size(), leads);
    mixtures = new Mixture[leads];
    waiting = new double[leads][];
    for (int lead = 0; lead < leads; lead++) {
      mixtures[lead] = new Mixture(Ensemble.FORECASTERS, plan.leads().get(lead));
      waiting[lead] = new double[plan.leads().get(lead) * (Ensemble.FORECASTERS + 1)];
    }
    forgetWaiting();
  }

  public static Experience fresh(EnsemblePlan plan) {
    return new Experience(plan);
  }

  /** Whether the season has been found, and how long it is; 1 where there is none. */
  public int period() {
    return profile.period();
  }

  /** Share of each forecaster in the answer at a lead: last value, seasonal, profile, least squares, network. */
  public double[] shares(int lead) {
    double[] shares = new double[Ensemble.FORECASTERS];
    mixtures[lead].shares(shares);
    return shares;
  }

  /** What each forecaster said of a lead after the last value: last value, seasonal, profile, least squares, network. */
  public double[] voices(int lead) {
    int size = Ensemble.FORECASTERS + 1;
    int slot = (int) (trace.steps() % (waiting[lead].length / size)) * size;
    return Arrays.copyOfRange(waiting[lead], slot, slot + Ensemble.FORECASTERS);
  }

  /** Drops the forecasts that wait: after a gap no reading belongs to them. */
  public void forgetWaiting() {
    for (double[] forecasts : waiting) {
      Arrays.fill(forecasts, Double.NaN);
    }
  }

  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(plan);
    out.writeDouble(last);
    out.writeDouble(spread);
    trace.write(out);
    season.write(out);
    profile.write(out);
    squares.write(out);
    for (Mixture mixture : mixtures) {
      mixture.write(out);
    }
    for (double[] forecasts : waiting) {
      Bytes.write(out, forecasts);
    }
  }

  public static Experience read(DataInput in, EnsemblePlan plan) throws IOException {
    int version = in.readUnsignedByte();
    Experience experience = new Experience(plan);
    if (version < 1 || version > VERSION || in.readInt() != experience.plan) {
      throw new IOException(
          "an experience in layout %d or of another plan; this one reads layouts 1 to %d and %s"
              .formatted(version, VERSION, plan));
    }
    experience.last = in.readDouble();
    experience.spread = in.readDouble();
    experience.trace.read(in);
    experience.season.read(in);
    experience.profile.read(in);
    experience.squares.read(in);
    for (Mixture mixture : experience.mixtures) {
      mixture.read(in, version);
    }
    for (double[] forecasts : experience.waiting) {
      Bytes.read(in, forecasts);
    }
    return experience;
  }
}
