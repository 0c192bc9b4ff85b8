package io.sluice.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.backtest.Loop.Taught;
import io.sluice.weights.Edition;
import io.sluice.weights.Horizon;
import java.io.IOException;
import java.util.List;

/**
 * What {@code metrics.json} holds: for each lead asked for, errors on scaled values for Sluice and its rivals; the same of
 * Sluice for each variable; each round of learning and what it came to; what each forecaster took.
 *
 * <p>{@code mse} and {@code mae} are means over every step up to the lead, as the published tables have them; {@code mseAt}
 * and {@code maeAt} are of the lead itself, as are the others.
 */
public final class Metrics {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BacktestPlan plan;
  private final Horizon horizon;
  private final Scores scores;
  private final List<Taught> taught;
  private final Upkeep upkeep;

  Metrics(BacktestPlan plan, Horizon horizon, Scores scores, List<Taught> taught, Upkeep upkeep) {
    this.plan = plan;
    this.horizon = horizon;
    this.scores = scores;
    this.taught = taught;
    this.upkeep = upkeep;
  }

  Upkeep upkeep() {
    return upkeep;
  }

  public void write() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("data", plan.data().getFileName().toString());
    root.put("readingsPerSecond", Math.round(upkeep.perSecond()));
    upkeep.write(root.putObject("upkeep"));
    ObjectNode leads = root.putObject("leads");
    for (int lead : plan.horizon()) {
      ObjectNode node = leads.putObject(Integer.toString(lead));
      errors(node, Scores.SLUICE, Standing.ALL, lead);
      for (String rival : Scores.RIVALS) {
        errors(node.putObject(rival), rival, Standing.ALL, lead);
      }
    }
    variables(root.putObject("variables"));
    ArrayNode rounds = root.putArray("rounds");
    taught.forEach(round -> round(rounds.addObject(), round));
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(plan.out().resolve("metrics.json").toFile(), root);
  }

  private void variables(ObjectNode variables) {
    List<String> names = plan.columns().values();
    for (int variable = 0; variable < names.size(); variable++) {
      ObjectNode node = variables.putObject(names.get(variable));
      for (int lead : plan.horizon()) {
        errors(node.putObject(Integer.toString(lead)), Scores.SLUICE, variable, lead);
      }
    }
  }

  private static void round(ObjectNode node, Taught round) {
    Edition edition = round.release().edition();
    node.put("after", round.readings());
    node.put("version", edition.version());
    node.put("state", edition.state().word());
    node.put("reason", edition.reason());
    node.put("windows", round.release().provenance().windows());
    node.put("seconds", round.seconds());
  }

  private void errors(ObjectNode node, String name, int variable, int ahead) {
    int lead = horizon.leads().indexOf(ahead);
    Standing standing = scores.standing(name);
    Tally tally = standing.at(variable, lead);
    number(node, "mse", standing.through(variable, lead, Tally::mse));
    number(node, "mae", standing.through(variable, lead, Tally::mae));
    number(node, "mseAt", tally.mse());
    number(node, "maeAt", tally.mae());
    number(node, "mase", tally.mase());
    number(node, "crps", tally.crps());
    number(node, "coverage", tally.coverage());
    node.put("scored", tally.scored());
  }

  /** Where nothing was scored there is no error. */
  private static void number(ObjectNode node, String name, double number) {
    if (Double.isNaN(number)) {
      node.putNull(name);
    } else {
      node.put(name, number);
    }
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
                  through(Scores.SLUICE, index),
                  through(Scores.RIVALS.get(0), index),
                  through(Scores.RIVALS.get(1), index),
                  through(Scores.RIVALS.get(2), index),
                  scores.standing(Scores.SLUICE).at(Standing.ALL, index).coverage()));
    }
    for (Taught round : taught) {
      Edition edition = round.release().edition();
      table.append(
          "network version %d after %,d readings, %s: %s (%.0f s)%n"
              .formatted(
                  edition.version(),
                  round.readings(),
                  edition.state().word(),
                  edition.reason(),
                  round.seconds()));
    }
    return table
        .append(upkeep.table())
        .append("%.0f readings a second%n".formatted(upkeep.perSecond()))
        .toString();
  }

  private double through(String name, int lead) {
    return scores.standing(name).through(Standing.ALL, lead, Tally::mse);
  }
}
