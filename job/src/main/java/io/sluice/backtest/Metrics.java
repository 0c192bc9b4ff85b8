package io.sluice.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.weights.Horizon;
import java.io.IOException;

/**
 * What {@code metrics.json} holds: for each lead asked for, errors on scaled values for Sluice and its rivals.
 *
 * <p>{@code mse} and {@code mae} are means over every step up to the lead, as the published tables have them; {@code mseAt}
 * and {@code maeAt} are of the lead itself.
 */
public final class Metrics {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BacktestPlan plan;
  private final Horizon horizon;
  private final Scores scores;
  private final double perSecond;

  Metrics(BacktestPlan plan, Horizon horizon, Scores scores, double perSecond) {
    this.plan = plan;
    this.horizon = horizon;
    this.scores = scores;
    this.perSecond = perSecond;
  }

  public void write() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("data", plan.data().getFileName().toString());
    root.put("readingsPerSecond", Math.round(perSecond));
    ObjectNode leads = root.putObject("leads");
    for (int lead : plan.horizon()) {
      int index = horizon.leads().indexOf(lead);
      ObjectNode node = leads.putObject(Integer.toString(lead));
      errors(node, Scores.SLUICE, index);
      node.put("crps", scores.tally(Scores.SLUICE, index).crps());
      node.put("coverage", scores.tally(Scores.SLUICE, index).coverage());
      node.put("scored", scores.tally(Scores.SLUICE, index).scored());
      for (String rival : Scores.RIVALS) {
        errors(node.putObject(rival), rival, index);
      }
    }
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(plan.out().resolve("metrics.json").toFile(), root);
  }

  private void errors(ObjectNode node, String name, int lead) {
    node.put("mse", scores.through(name, lead));
    node.put("mae", scores.maeThrough(name, lead));
    node.put("mseAt", scores.tally(name, lead).mse());
    node.put("maeAt", scores.tally(name, lead).mae());
    node.put("mase", scores.tally(name, lead).mase());
  }

  /** A table for the eye. */
  public String table() {
    StringBuilder table =
        new StringBuilder("lead      sluice  persistence  seasonal  rls     coverage\n");
    for (int lead : plan.horizon()) {
      int index = horizon.leads().indexOf(lead);
      table.append(
          "%4d  %9.4f  %10.4f  %9.4f  %8.4f  %6.3f%n"
              .formatted(
                  lead,
                  scores.through(Scores.SLUICE, index),
                  scores.through(Scores.RIVALS.get(0), index),
                  scores.through(Scores.RIVALS.get(1), index),
                  scores.through(Scores.RIVALS.get(2), index),
                  scores.tally(Scores.SLUICE, index).coverage()));
    }
    return table.append("%.0f readings a second%n".formatted(perSecond)).toString();
  }
}
