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
 *   version u8 = 3 │ plan i32
 *   last f64 │ spread f64
 *   Trace │ Season │ Profile │ LeastSquares │ Mixture × leads
 *   (forecast of each forecaster f64, then what they were mixed to) × lead, lead by lead; NaN where none waits
 *   LeastSquares with the neighbours │ Lean to the network × leads │ Correction         since layout 3
 * </pre>
 */
public final class Experience {
  private static final int VERSION = 3;

  private final int plan;
  final Trace trace;
  final Season season;
  final Profile profile = new Profile();
  final LeastSquares squares = new LeastSquares();

  /** The same of the variable and its neighbours; of nothing where it has none. */
  final LeastSquares together = new LeastSquares();

  final Mixture[] mixtures;
  final Lean[] leans;
  final Correction correction;

  /** For each lead a ring as long as the lead: the slot of the step to come is the one made a lead before it. */
  final double[][] waiting;

  /** Typical size of a deviation, by which a monstrous one is cut. */
  double spread;

  double last = Double.NaN;

  private Experience(EnsemblePlan plan, int print) {
    this.plan = print;
    int leads = plan.leads().size();
    trace = new Trace(plan.history());
    season = new Season(plan.history());
    begin(new Features(plan, 1), leads);
    mixtures = new Mixture[leads];
    leans = new Lean[leads];
    waiting = new double[leads][];
    for (int lead = 0; lead < leads; lead++) {
      int ahead = plan.leads().get(lead);
      mixtures[lead] = new Mixture(Ensemble.MIXED_FORECASTERS, ahead);
      leans[lead] = new Lean(ahead);
      waiting[lead] = new double[ahead * Ensemble.SLOT];
    }
    correction = new Correction(plan.neighbours());
    forgetWaiting();
  }

  /** Least squares of other features knows nothing. */
  void begin(Features features, int leads) {
    squares.begin(features.size(), leads);
    together.begin(features.sizeTogether(), leads);
  }

  public static Experience fresh(EnsemblePlan plan) {
    return new Experience(plan, plan.print());
  }

  /** Whether the season has been found, and how long it is; 1 where there is none. */
  public int period() {
    return profile.period();
  }

  /** Share of each in the answer at a lead: last value, seasonal, profile, least squares, that with neighbours, network. */
  public double[] shares(int lead) {
    double[] shares = new double[Ensemble.MIXED_FORECASTERS + 1];
    mixtures[lead].shares(shares);
    double[] voices = voices(lead);
    double network = Double.isNaN(voices[Ensemble.MIXED_FORECASTERS]) ? 0 : leans[lead].share();
    for (int voice = 0; voice < Ensemble.MIXED_FORECASTERS; voice++) {
      shares[voice] *= 1 - network;
    }
    shares[Ensemble.MIXED_FORECASTERS] = network;
    return shares;
  }

  /** What each of them said of a lead after the last value, in the same order; NaN for nothing. */
  public double[] voices(int lead) {
    int slots = waiting[lead].length / Ensemble.SLOT;
    int slot = (int) (trace.steps() % slots) * Ensemble.SLOT;
    return Arrays.copyOfRange(waiting[lead], slot, slot + Ensemble.MIXED_FORECASTERS + 1);
  }

  /** What the answer at one step ahead was corrected by, in view of its last errors. */
  public double correction() {
    return correction.added();
  }

  /** Drops the forecasts that wait: after a gap no reading belongs to them. */
  public void forgetWaiting() {
    for (double[] forecasts : waiting) {
      Arrays.fill(forecasts, Double.NaN);
    }
    correction.forgetWaiting();
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
    together.write(out);
    for (Lean lean : leans) {
      lean.write(out);
    }
    correction.write(out);
  }

  /** What each forecaster keeps; the few bytes besides are nobody's. */
  public void weigh(Scales scales) {
    scales.weigh(Faculty.LAST, out -> out.writeDouble(last));
    scales.weigh(Faculty.HISTORY, trace::write);
    scales.weigh(Faculty.SEASONAL, season::write);
    scales.weigh(Faculty.PROFILE, profile::write);
    scales.weigh(Faculty.SQUARES, squares::write);
    scales.weigh(Faculty.TOGETHER, together::write);
    scales.weigh(Faculty.CORRECTION, correction::write);
    for (int lead = 0; lead < mixtures.length; lead++) {
      scales.weigh(Faculty.MIXTURE, mixtures[lead]::write);
      scales.weigh(Faculty.MIXTURE, leans[lead]::write);
      double[] forecasts = waiting[lead];
      scales.weigh(Faculty.MIXTURE, out -> Bytes.write(out, forecasts));
    }
  }

  /** Reads one of that plan; its order may have been another. */
  public static Experience read(DataInput in, EnsemblePlan plan) throws IOException {
    int version = in.readUnsignedByte();
    if (version < 1 || version > VERSION) {
      throw foreign(version, plan);
    }
    int leads = plan.leads().size();
    Experience experience = new Experience(plan, in.readInt());
    experience.last = in.readDouble();
    experience.spread = in.readDouble();
    experience.trace.read(in);
    experience.season.read(in);
    experience.profile.read(in);
    experience.squares.read(in);
    if (!experience.of(plan)) {
      throw foreign(version, plan);
    }
    for (Mixture mixture : experience.mixtures) {
      mixture.read(in, version);
    }
    if (version < 3) {
      experience.readWaitingUpTo2(in);
      experience.together.begin(new Features(plan, experience.period()).sizeTogether(), leads);
    } else {
      experience.readSince3(in);
    }
    return experience;
  }

  private static IOException foreign(int version, EnsemblePlan plan) {
    return new IOException(
        "an experience in layout %d or of another plan; this one reads layouts 1 to %d and %s"
            .formatted(version, VERSION, plan));
  }

  /** But for the order, which the size of least squares tells. */
  private boolean of(EnsemblePlan asked) {
    int order = squares.size() - new Features(asked, period()).size() + asked.regression().order();
    return Regression.orders(order) && asked.withOrder(order).print() == plan;
  }

  private void readSince3(DataInput in) throws IOException {
    for (double[] forecasts : waiting) {
      Bytes.read(in, forecasts);
    }
    together.read(in);
    for (Lean lean : leans) {
      lean.read(in);
    }
    correction.read(in);
  }

  /** Four forecasters, the network and their mean; nobody heard neighbours. */
  private void readWaitingUpTo2(DataInput in) throws IOException {
    for (double[] forecasts : waiting) {
      double[] before = new double[forecasts.length / Ensemble.SLOT * 6];
      Bytes.read(in, before);
      for (int slot = 0; slot < before.length / 6; slot++) {
        System.arraycopy(before, 6 * slot, forecasts, Ensemble.SLOT * slot, 4);
        System.arraycopy(before, 6 * slot + 4, forecasts, Ensemble.SLOT * slot + 5, 2);
      }
    }
  }
}
