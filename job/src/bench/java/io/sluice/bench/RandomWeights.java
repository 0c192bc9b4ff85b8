package io.sluice.bench;

import io.sluice.forecast.ForecastPlan;
import io.sluice.training.Initial;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Edition;
import io.sluice.weights.Head;
import io.sluice.weights.Horizon;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Signature;
import io.sluice.weights.Variable;

/** Releases as training begins with them: what they answer is no use, what they cost is the same. */
public final class RandomWeights {
  private static final int HIDDEN = 64;

  private RandomWeights() {}

  /** An LSTM of one layer that fits the plan, a candidate. */
  public static Release lstm(ForecastPlan plan, long version) {
    Horizon horizon = plan.horizon();
    Head head =
        new Head.Quantiles(
            plan.variables().size(), horizon.leads().size(), horizon.quantiles().size());
    Architecture architecture =
        new Architecture(CellKind.LSTM, plan.inputs().size(), HIDDEN, 1, false, 0, head);
    Signature signature =
        new Signature(
            plan.inputs(),
            plan.variables().stream().map(name -> new Variable(name, "", 0, 1)).toList(),
            horizon,
            plan.timing().zone());
    return new Release(
        Edition.candidate("default", version),
        Initial.uniform(architecture, version),
        signature,
        Provenance.imported("a benchmark"));
  }
}
