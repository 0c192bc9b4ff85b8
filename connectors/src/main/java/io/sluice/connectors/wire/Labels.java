package io.sluice.connectors.wire;

import io.sluice.weights.Horizon;
import java.io.Serializable;
import java.util.List;

/**
 * What the numbers of a row are called.
 *
 * @param variables names, in the order of a reading's values
 * @param leads steps ahead
 * @param levels of the quantiles
 */
public record Labels(List<String> variables, List<Integer> leads, List<Double> levels)
    implements Serializable {
  public Labels {
    variables = List.copyOf(variables);
    leads = List.copyOf(leads);
    levels = List.copyOf(levels);
  }

  public static Labels of(List<String> variables, Horizon horizon) {
    return new Labels(variables, horizon.leads(), horizon.quantiles());
  }

  int median() {
    return levels.indexOf(0.5);
  }
}
