package io.sluice.backtest;

import io.sluice.forecast.Forecast;
import io.sluice.forecast.Reading;
import io.sluice.weights.Horizon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what was said with what came, lead by lead, for Sluice and its rivals. */
final class Scores {
  static final String SLUICE = "sluice";
  static final List<String> RIVALS = List.of("persistence", "seasonal", "rls");

  private final List<Reading> readings;
  private final Horizon horizon;
  private final int begin;
  private final List<Scale> scales = new ArrayList<>();
  private final Map<String, Tally[]> tallies = new LinkedHashMap<>();
  private final long[] below;
  private long belowOf;

  Scores(BacktestPlan plan, List<Reading> readings, Horizon horizon) {
    this.readings = readings;
    this.horizon = horizon;
    begin = plan.begin(readings.size());
    int trained = Math.max(2, plan.trained(readings.size()));
    List<Reading> training = readings.subList(0, Math.min(trained, readings.size()));
    for (int variable = 0; variable < readings.get(0).values().length; variable++) {
      scales.add(Scale.of(training, variable));
    }
    List<String> names = new ArrayList<>(List.of(SLUICE));
    names.addAll(RIVALS);
    for (String name : names) {
      Tally[] leads = new Tally[horizon.leads().size()];
      Arrays.setAll(leads, lead -> new Tally());
      tallies.put(name, leads);
    }
    below = new long[horizon.quantiles().size()];
  }

  /** What came {@code lead} readings after this one; NaN where that is not scored. */
  double actual(int reading, int variable, int lead) {
    int at = reading + lead;
    return at < readings.size() ? readings.get(at).values()[variable] : Double.NaN;
  }

  private boolean scored(int reading, int lead) {
    return reading + lead >= begin && reading + lead < readings.size();
  }

  void forecast(int reading, Forecast forecast) {
    for (int variable = 0; variable < scales.size(); variable++) {
      for (int lead = 0; lead < horizon.leads().size(); lead++) {
        int ahead = horizon.leads().get(lead);
        double actual = actual(reading, variable, ahead);
        if (scored(reading, ahead) && !Double.isNaN(actual)) {
          score(forecast, variable, lead, actual);
        }
      }
    }
  }

  private void score(Forecast forecast, int variable, int lead, double actual) {
    Scale scale = scales.get(variable);
    Tally tally = tallies.get(SLUICE)[lead];
    double median = forecast.quantile(variable, lead, horizon.median());
    tally.error(scale.scaled(median - actual), scale.step());
    double pinball = 0;
    int levels = horizon.quantiles().size();
    for (int level = 0; level < levels; level++) {
      double missed = actual - forecast.quantile(variable, lead, level);
      double weight = horizon.quantiles().get(level);
      pinball += 2 * Math.max(weight * missed, (weight - 1) * missed) / levels;
      below[level] += missed <= 0 ? 1 : 0;
    }
    belowOf++;
    boolean held =
        actual >= forecast.quantile(variable, lead, 0)
            && actual <= forecast.quantile(variable, lead, levels - 1);
    tally.quantiles(scale.scaled(pinball), held);
  }

  /** What the rivals said of a variable at a lead, in the order of {@code RIVALS}; one that is silent repeats the last. */
  void rivals(int reading, int variable, int lead, double[] said) {
    int ahead = horizon.leads().get(lead);
    if (!scored(reading, ahead)) {
      return;
    }
    Scale scale = scales.get(variable);
    double actual = actual(reading, variable, ahead);
    for (int rival = 0; rival < said.length; rival++) {
      double forecast = Double.isNaN(said[rival]) ? said[0] : said[rival];
      tallies.get(RIVALS.get(rival))[lead].error(scale.scaled(forecast - actual), scale.step());
    }
  }

  Tally tally(String name, int lead) {
    return tallies.get(name)[lead];
  }

  /** Mean over all leads up to this one: what the published tables call the error at a horizon. */
  double through(String name, int lead) {
    double sum = 0;
    for (int i = 0; i <= lead; i++) {
      sum += tallies.get(name)[i].mse();
    }
    return sum / (lead + 1);
  }

  double maeThrough(String name, int lead) {
    double sum = 0;
    for (int i = 0; i <= lead; i++) {
      sum += tallies.get(name)[i].mae();
    }
    return sum / (lead + 1);
  }

  /** Share of what came that lay at or below each quantile, over all leads. */
  double[] calibration() {
    double[] shares = new double[below.length];
    for (int level = 0; level < shares.length; level++) {
      shares[level] = (double) below[level] / belowOf;
    }
    return shares;
  }
}
