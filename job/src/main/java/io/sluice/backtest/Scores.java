package io.sluice.backtest;

import io.sluice.forecast.Reading;
import io.sluice.weights.Horizon;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what was said with what came, lead by lead, for Sluice and its rivals. */
final class Scores {
  static final String SLUICE = "sluice";
  static final List<String> RIVALS = List.of("persistence", "seasonal", "rls");

  /** What a forecaster said of a variable and lead, at a level of the horizon's quantiles. */
  @FunctionalInterface
  interface Said {
    double quantile(int variable, int lead, int level);
  }

  private final List<Reading> readings;
  private final Horizon horizon;
  private final int begin;
  private final List<Scale> scales = new ArrayList<>();
  private final Map<String, Standing> standings = new LinkedHashMap<>();
  private final CoverageOverTime coverage;
  private final boolean[] under;

  Scores(BacktestPlan plan, List<Reading> readings, Horizon horizon) {
    this.readings = readings;
    this.horizon = horizon;
    begin = plan.begin(readings.size());
    int trained = Math.max(2, plan.trained(readings.size()));
    List<Reading> training = readings.subList(0, Math.min(trained, readings.size()));
    int variables = readings.get(0).values().length;
    for (int variable = 0; variable < variables; variable++) {
      scales.add(Scale.of(training, variable));
    }
    int leads = horizon.leads().size();
    int levels = horizon.quantiles().size();
    standings.put(SLUICE, new Standing(variables, leads, levels));
    RIVALS.forEach(rival -> standings.put(rival, new Standing(variables, leads, levels)));
    coverage = new CoverageOverTime(variables, leads, begin, readings.size());
    under = new boolean[levels];
  }

  /** What came {@code lead} readings after this one; NaN where that is not scored. */
  double actual(int reading, int variable, int lead) {
    int at = reading + lead;
    return at < readings.size() ? readings.get(at).values()[variable] : Double.NaN;
  }

  void heard(String name, int reading, Said said) {
    for (int variable = 0; variable < scales.size(); variable++) {
      for (int lead = 0; lead < horizon.leads().size(); lead++) {
        int at = reading + horizon.leads().get(lead);
        double actual = actual(reading, variable, at - reading);
        double median = said.quantile(variable, lead, horizon.median());
        if (at >= begin && !Double.isNaN(actual - median)) {
          boolean held = score(name, variable, lead, actual, said);
          if (name.equals(SLUICE)) {
            coverage.scored(variable, lead, at, held);
          }
        }
      }
    }
  }

  private boolean score(String name, int variable, int lead, double actual, Said said) {
    Scale scale = scales.get(variable);
    Tally tally = standings.get(name).at(variable, lead);
    double median = said.quantile(variable, lead, horizon.median());
    tally.error(scale.scaled(median - actual), scale.step());
    double pinball = 0;
    int levels = under.length;
    for (int level = 0; level < levels; level++) {
      double missed = actual - said.quantile(variable, lead, level);
      double weight = horizon.quantiles().get(level);
      pinball += 2 * Math.max(weight * missed, (weight - 1) * missed) / levels;
      under[level] = missed <= 0;
    }
    boolean held =
        actual >= said.quantile(variable, lead, 0)
            && actual <= said.quantile(variable, lead, levels - 1);
    tally.quantiles(scale.scaled(pinball), held, under);
    return held;
  }

  int readings() {
    return readings.size();
  }

  Scale scale(int variable) {
    return scales.get(variable);
  }

  Standing standing(String name) {
    return standings.get(name);
  }

  /** Sluice first. */
  List<String> names() {
    return List.copyOf(standings.keySet());
  }

  CoverageOverTime coverage() {
    return coverage;
  }
}
