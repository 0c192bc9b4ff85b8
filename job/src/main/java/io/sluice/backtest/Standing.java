package io.sluice.backtest;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** What one forecaster scored, by variable and lead; {@code ALL} stands for all variables together. */
final class Standing {
  static final int ALL = -1;

  private final Tally[][] tallies;
  private final int levels;

  Standing(int variables, int leads, int levels) {
    this.levels = levels;
    tallies = new Tally[variables][leads];
    for (Tally[] variable : tallies) {
      Arrays.setAll(variable, lead -> new Tally(levels));
    }
  }

  Tally at(int variable, int lead) {
    if (variable != ALL) {
      return tallies[variable][lead];
    }
    Tally all = new Tally(levels);
    for (Tally[] one : tallies) {
      all.add(one[lead]);
    }
    return all;
  }

  /** Mean over all leads up to this one: what the published tables call the error at a horizon. */
  double through(int variable, int lead, ToDoubleFunction<Tally> error) {
    double sum = 0;
    for (int i = 0; i <= lead; i++) {
      sum += error.applyAsDouble(at(variable, i));
    }
    return sum / (lead + 1);
  }
}
