package io.sluice.connectors.wire;

import io.sluice.forecast.ForecastPlan;
import io.sluice.symbols.Symbols;
import java.io.Serializable;
import java.util.List;

/**
 * What the numbers of a row are called.
 *
 * @param variables names, in the order of a reading's values
 * @param leads steps ahead
 * @param levels of the quantiles; none where there are symbols
 * @param symbols of series of symbols
 */
public record Labels(
    List<String> variables, List<Integer> leads, List<Double> levels, Symbols symbols)
    implements Serializable {
  public Labels {
    variables = List.copyOf(variables);
    leads = List.copyOf(leads);
    levels = List.copyOf(levels);
  }

  /** Of series of numbers. */
  public Labels(List<String> variables, List<Integer> leads, List<Double> levels) {
    this(variables, leads, levels, Symbols.NONE);
  }

  public static Labels of(ForecastPlan plan) {
    List<Double> levels = plan.symbols().any() ? List.of() : plan.horizon().quantiles();
    return new Labels(plan.variables(), plan.horizon().leads(), levels, plan.symbols());
  }

  int median() {
    return levels.indexOf(0.5);
  }
}
