package io.sluice.forecast;

import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.symbols.Symbols;

/**
 * Replays the readings of one series for training: the inputs that a network would have been given at each step, and what
 * the forecaster knew then. It is the forecaster that plays, so training sees what serving sees: the same order, gaps and
 * repeats, scaled by statistics that never look ahead.
 *
 * <p>No network has a part in it, whichever answers by then: what that one finds odd must not be left out of what is to correct
 * it. When a fleet drifts, its weights would find all of the new ways odd, and never learn them.
 *
 * <p>What a network is to foretell at a step is, for each variable and lead, {@code (value a lead later − last) / unit},
 * where that value was really read; of a series of symbols, the place of the next one.
 */
public final class Rehearsal {

  /** Takes each step as it is played; the arrays are filled anew for the next. */
  public interface Steps {
    /**
     * @param input for the network
     * @param value that arrived, one for each variable; NaN where missing. A symbol's place
     */
    void step(long time, float[] input, double[] value, Rehearsal rehearsal);

    /** What came before has no bearing on what follows: a gap too long, and no window may span it. */
    void breakOff();
  }

  private final Forecaster forecaster;
  private final Features features;
  private final Memory memory;
  private final Steps steps;
  private final Symbols symbols;
  private final float[] input;
  private final double[] value;
  private boolean odd;

  public Rehearsal(ForecastPlan plan, Steps steps) {
    forecaster = new Forecaster(plan);
    features = new Features(plan);
    symbols = plan.symbols();
    memory = Memory.fresh(plan);
    this.steps = steps;
    input = new float[features.size()];
    value = new double[plan.variables().size()];
  }

  public void hear(Reading reading) {
    forecaster.advance(memory, reading, Model.none(), new Play(reading));
  }

  /** The value that a forecast made at this step starts from; a symbol starts from none. */
  public double last(int variable) {
    return symbols.any() ? 0 : memory.recent().value(variable, 0);
  }

  /** The unit in which a forecast of that lead, by its place in the horizon, is told at this step. */
  public double unit(int variable, int lead) {
    return symbols.any() ? 1 : memory.unit(variable, lead);
  }

  /** Whether the reading of this step set off an alert, is stuck or lies out of its range. */
  public boolean odd() {
    return odd;
  }

  private final class Play implements Outcomes {
    private final Reading reading;

    private Play(Reading reading) {
      this.reading = reading;
    }

    @Override
    public void forecast(Forecast forecast) {
      if (symbols.any()) {
        spell(forecast);
        return;
      }
      if (memory.recent().steps() == 1) {
        steps.breakOff();
      }
      for (int variable = 0; variable < value.length; variable++) {
        boolean read = memory.recent().real(variable, 0);
        value[variable] = read ? reading.values()[variable] : Double.NaN;
      }
      features.of(reading.series()).fill(memory, input);
      steps.step(forecast.time(), input, value, Rehearsal.this);
    }

    private void spell(Forecast forecast) {
      if (forecast.imputed()) {
        return;
      }
      if (memory.transcript().last(1) == Symbols.MISSING) {
        steps.breakOff();
      }
      value[0] = memory.transcript().last(0);
      features.of(reading.series()).fill(memory, input);
      steps.step(forecast.time(), input, value, Rehearsal.this);
    }

    /** Comes before the forecast that is made once the reading has been taken in. */
    @Override
    public void verdict(Verdict verdict) {
      odd = verdict.alert() || verdict.kind() == Kind.FLAT || verdict.kind() == Kind.OUT_OF_RANGE;
    }

    @Override
    public void late(Reading late, String reason) {}

    @Override
    public void repeat(Reading repeat) {}
  }
}
