package io.sluice.retrain;

import io.sluice.weights.Variable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a subtask has to learn from.
 *
 * @param series how many have windows
 * @param windows how many were drawn
 * @param from time of the earliest reading, epoch milliseconds
 * @param to time of the latest
 * @param centres where each variable lies over these series
 * @param scales how far it spreads within one of them
 */
record Harvest(long series, long windows, long from, long to, double[] centres, double[] scales)
    implements Serializable {

  /** All of them together, each weighing as much as its series. */
  static Harvest total(List<Harvest> harvests) {
    int variables = harvests.get(0).centres.length;
    double[] centres = new double[variables];
    double[] scales = new double[variables];
    long series = harvests.stream().mapToLong(Harvest::series).sum();
    for (Harvest harvest : harvests) {
      for (int variable = 0; variable < variables && harvest.series > 0; variable++) {
        double share = (double) harvest.series / series;
        centres[variable] += share * harvest.centres[variable];
        scales[variable] += share * harvest.scales[variable];
      }
    }
    return new Harvest(
        series,
        harvests.stream().mapToLong(Harvest::windows).sum(),
        harvests.stream().mapToLong(Harvest::from).min().orElse(0),
        harvests.stream().mapToLong(Harvest::to).max().orElse(0),
        centres,
        scales);
  }

  /** The prior scaling of a series that nobody has seen yet. */
  List<Variable> variables(List<String> names) {
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      double scale = scales[i] > 0 ? scales[i] : 1;
      variables.add(new Variable(names.get(i), "", centres[i], scale));
    }
    return variables;
  }
}
