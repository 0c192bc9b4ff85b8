package io.sluice.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.anomaly.Verdict;
import io.sluice.forecast.Account;
import io.sluice.forecast.Account.Voice;
import io.sluice.forecast.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Why a reading was judged as it was.
 *
 * @param row the reading's number among those of its series, from 1
 * @param before the last readings before it, oldest first
 * @param accounts of each variable at the shortest lead, as the memory stood when it foretold the reading
 * @param promised share of readings that the interval is to hold
 */
public record Explanation(
    int row,
    Verdict verdict,
    List<Reading> before,
    List<String> variables,
    List<Account> accounts,
    List<Account.Norms> norms,
    double promised) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Evidence at a surprise of one half. */
  private static final double HALF = 3;

  /** −log10 of the chance of such a reading. */
  public double evidence() {
    return HALF * verdict.surprise() / (1 - verdict.surprise());
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("%s at %s, reading %d of its series%n".formatted(verdict.series(), time(), row));
    text.append(
        format("%s, surprise %.4f", verdict.kind().word(), verdict.surprise()) + outcome() + "\n");
    if (verdict.surprise() < 1) {
      text.append(format("evidence %.2f: about one reading in %.3g%n", evidence(), odds()));
    }
    norms(text);
    for (int variable = 0; variable < variables.size(); variable++) {
      variable(text, variable);
    }
    return text.toString();
  }

  private String outcome() {
    if (verdict.alert()) {
      return ", alert";
    }
    return verdict.reason().isEmpty() ? ", no alert" : ", no alert: " + verdict.reason();
  }

  private double odds() {
    return Math.pow(10, evidence());
  }

  private void norms(StringBuilder text) {
    if (norms.isEmpty()) {
      text.append("no network: the cheap forecasters alone\n");
    }
    for (int layer = 0; layer < norms.size(); layer++) {
      Account.Norms norm = norms.get(layer);
      text.append(format("layer %d: |h| %.5g, |c| %.5g%n", layer, norm.h(), norm.c()));
    }
  }

  private void variable(StringBuilder text, int variable) {
    Account account = accounts.get(variable);
    text.append(format("%n%s%n", variables.get(variable)));
    text.append(line("read", verdict.actual()[variable], ""));
    text.append(line("expected", verdict.expected()[variable], ""));
    String width = format("its sides × %.3f and × %.3f", account.below(), account.above());
    String bounds = format("%.6g to %.6g", verdict.lower()[variable], verdict.upper()[variable]);
    text.append(format("  %-16s %s, %s%n", "interval", bounds, width));
    text.append(
        format(
            "  %-16s %.2f %% promised, %.2f %% held so far%n",
            "", 100 * promised, 100 * account.coverage()));
    text.append(
        format("  %-16s %.1f %%%n", "contribution", 100 * verdict.contribution()[variable]));
    String scaler = format("± %.6g, a step of %.6g", account.spread(), account.stride());
    text.append(line("level", account.centre(), scaler));
    text.append(format("  %-16s %s%n", "season", season(account)));
    for (Voice voice : account.voices()) {
      if (!Double.isNaN(voice.said())) {
        String share = format("counts %.1f %%", 100 * voice.share());
        text.append(line(voice.name(), voice.said(), share));
      }
    }
    text.append("  before it       ");
    before.forEach(reading -> text.append(format(" %.6g", reading.values()[variable])));
    text.append('\n');
  }

  private static String season(Account account) {
    return account.period() == 1 ? "none found" : account.period() + " readings";
  }

  private static String line(String what, double value, String more) {
    return format("  %-16s %-12.6g %s", what, value, more).stripTrailing() + "\n";
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  private String time() {
    return Instant.ofEpochMilli(verdict.time()).toString();
  }

  /** All of it, numbers in full. */
  public String json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("series", verdict.series());
    root.put("time", time());
    root.put("row", row);
    root.put("kind", verdict.kind().word());
    root.put("surprise", verdict.surprise());
    root.put("evidence", evidence());
    root.put("alert", verdict.alert());
    root.put("reason", verdict.reason());
    root.put("promised", promised);
    root.set("norms", JSON.valueToTree(norms));
    ArrayNode all = root.putArray("variables");
    for (int variable = 0; variable < variables.size(); variable++) {
      int one = variable;
      ObjectNode node = all.addObject();
      node.put("name", variables.get(variable));
      node.put("read", verdict.actual()[variable]);
      node.put("expected", verdict.expected()[variable]);
      node.put("lower", verdict.lower()[variable]);
      node.put("upper", verdict.upper()[variable]);
      node.put("contribution", verdict.contribution()[variable]);
      node.set("account", JSON.valueToTree(accounts.get(variable)));
      ArrayNode values = node.putArray("before");
      before.forEach(reading -> values.add(reading.values()[one]));
    }
    return root.toPrettyString();
  }
}
