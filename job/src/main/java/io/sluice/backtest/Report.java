package io.sluice.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.training.GradientReach;
import io.sluice.weights.Horizon;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * {@code report.html}: one page that needs nothing but itself. What is said here is data; {@code report.js} beside this class
 * draws it.
 */
public final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Page PAGE =
      new Page("report.html", List.of("chart.js", "view.js", "series.js", "report.js"));

  /** The lag that is spoken of. */
  private static final int LOOKED_BACK = 24;

  private final BacktestPlan plan;
  private final Horizon horizon;
  private final Scores scores;
  private final Chronicle chronicle;
  private final Moments moments;
  private final Optional<GradientReach> reach;

  Report(Drawn drawn, BacktestPlan plan, Horizon horizon, Scores scores) {
    this.plan = plan;
    this.horizon = horizon;
    this.scores = scores;
    chronicle = drawn.chronicle;
    moments = drawn.moments;
    reach = drawn.reach;
  }

  /**
   * What was noted along the way.
   *
   * @param reach of the network that was learnt last, where there is one
   */
  record Drawn(Chronicle chronicle, Moments moments, Optional<GradientReach> reach) {}

  /**
   * Writes the page.
   *
   * @param command that redoes it
   * @param explain the command that explains the reading of {@code TIME}
   * @param production what a job needs to do the same
   */
  public void write(String command, String explain, String production, Metrics metrics)
      throws IOException {
    ObjectNode data = JSON.createObjectNode();
    settings(data, metrics);
    data.put("command", command);
    data.put("explain", explain);
    data.put("production", production);
    data.put("alerts", moments.alerts());
    moments.write(data.putArray("moments"));
    series(data.putObject("series"));
    errors(data.putObject("errors"));
    calibration(data.putArray("calibration"));
    coverage(data.putObject("coverage"));
    reach.ifPresent(far -> reach(data.putObject("reach"), far));
    PAGE.write(plan.out().resolve("report.html"), data);
  }

  private void settings(ObjectNode data, Metrics metrics) {
    int rows = scores.readings();
    data.put("file", plan.data().getFileName().toString());
    data.put("timed", plan.columns().time().isPresent());
    data.put("rows", rows);
    data.put("trained", plan.trained(rows));
    data.put("begin", plan.begin(rows));
    data.put("history", plan.forecasts().history());
    data.put("perSecond", Math.round(metrics.upkeep().perSecond()));
    data.set("upkeep", JSON.valueToTree(metrics.upkeep().shares()));
    data.set("variables", JSON.valueToTree(plan.columns().values()));
    data.set("drawn", JSON.valueToTree(plan.horizon()));
    data.set("leads", JSON.valueToTree(horizon.leads()));
    data.set("quantiles", JSON.valueToTree(horizon.quantiles()));
  }

  private void series(ObjectNode series) {
    series.put("each", chronicle.each());
    series.put("times", chronicle.times());
    series.put("surprise", chronicle.surprise());
    ArrayNode variables = series.putArray("variables");
    for (int variable = 0; variable < plan.columns().values().size(); variable++) {
      double[] range = chronicle.range(variable);
      ObjectNode node = variables.addObject();
      node.put("least", range[0]);
      node.put("most", range[1]);
      node.put("points", chronicle.variable(variable, range));
    }
  }

  /** By lag. */
  private static void reach(ObjectNode node, GradientReach reach) {
    ArrayNode h = node.putArray("h");
    ArrayNode c = node.putArray("c");
    for (int lag = 0; lag < reach.h().length; lag++) {
      Page.number(h, reach.h()[lag]);
      Page.number(c, reach.c()[lag]);
    }
    int lag = Math.min(LOOKED_BACK, reach.h().length - 1);
    node.put(
        "note",
        String.format(
            Locale.ROOT,
            "%d steps back, %.0f %% of what c feels came straight through the forget gates.",
            lag,
            100 * reach.straight()[lag]));
  }

  /** By forecaster, measure, then all variables and each, then lead. */
  private void errors(ObjectNode errors) {
    for (String name : scores.names()) {
      ObjectNode node = errors.putObject(name);
      measure(node.putArray("mse"), name, Tally::mse);
      measure(node.putArray("mae"), name, Tally::mae);
      measure(node.putArray("crps"), name, Tally::crps);
      measure(node.putArray("mase"), name, Tally::mase);
      measure(node.putArray("coverage"), name, Tally::coverage);
    }
  }

  private void measure(ArrayNode rows, String name, ToDoubleFunction<Tally> measure) {
    for (int variable = Standing.ALL; variable < plan.columns().values().size(); variable++) {
      ArrayNode row = rows.addArray();
      for (int lead = 0; lead < horizon.leads().size(); lead++) {
        Tally tally = scores.standing(name).at(variable, lead);
        Page.number(row, measure.applyAsDouble(tally));
      }
    }
  }

  /** All variables and each, then drawn lead, then quantile. */
  private void calibration(ArrayNode rows) {
    for (int variable = Standing.ALL; variable < plan.columns().values().size(); variable++) {
      ArrayNode leads = rows.addArray();
      for (int lead : plan.horizon()) {
        ArrayNode row = leads.addArray();
        Tally tally = scores.standing(Scores.SLUICE).at(variable, horizon.leads().indexOf(lead));
        for (int level = 0; level < horizon.quantiles().size(); level++) {
          Page.number(row, tally.below(level));
        }
      }
    }
  }

  /** Each variable, then drawn lead, then stretch. */
  private void coverage(ObjectNode node) {
    CoverageOverTime coverage = scores.coverage();
    node.put("begin", coverage.begin());
    node.put("stretch", coverage.stretch());
    node.put("promised", horizon.promised());
    ArrayNode held = node.putArray("held");
    ArrayNode scored = node.putArray("scored");
    for (int variable = 0; variable < plan.columns().values().size(); variable++) {
      ArrayNode heldLeads = held.addArray();
      ArrayNode scoredLeads = scored.addArray();
      for (int ahead : plan.horizon()) {
        int lead = horizon.leads().indexOf(ahead);
        heldLeads.add(JSON.valueToTree(coverage.held(variable, lead)));
        scoredLeads.add(JSON.valueToTree(coverage.scored(variable, lead)));
      }
    }
  }
}
