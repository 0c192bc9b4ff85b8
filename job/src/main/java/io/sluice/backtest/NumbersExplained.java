package io.sluice.backtest;

import static io.sluice.backtest.Explanation.format;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Symptoms;
import io.sluice.anomaly.Verdict;
import io.sluice.forecast.Account;
import io.sluice.forecast.Account.Voice;
import io.sluice.forecast.Reading;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Why a reading of numbers was judged as it was.
 *
 * @param before the last readings before it, oldest first
 * @param findings of each variable
 * @param promised share of readings that the interval is to hold
 */
record NumbersExplained(
    Ruling ruling,
    List<Reading> before,
    List<String> variables,
    List<Finding> findings,
    double promised)
    implements Explanation {

  /**
   * What was found of one variable.
   *
   * @param account of the shortest lead, as the memory stood when it foretold the reading
   * @param symptoms once the reading was weighed
   * @param tests evidence by the kind that it speaks for, those without any left out
   */
  record Finding(Account account, Symptoms symptoms, Map<Kind, Double> tests) {
    /** The largest evidence. */
    double strongest() {
      return tests.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Verdict verdict() {
    return ruling.verdict();
  }

  /** −log10 of the chance of what it is called by. */
  static double evidence(List<Finding> findings) {
    return findings.stream().mapToDouble(Finding::strongest).max().orElse(0);
  }

  @Override
  public String text() {
    String alone = "the cheap forecasters alone; --weights brings those of a backtest";
    StringBuilder text = new StringBuilder(ruling.text(alone));
    for (int variable = 0; variable < variables.size(); variable++) {
      variable(text, variable);
    }
    return text.toString();
  }

  private void variable(StringBuilder text, int variable) {
    Account account = findings.get(variable).account();
    text.append(format("%n%s%n", variables.get(variable)));
    text.append(line("read", verdict().actual()[variable], ""));
    text.append(line("expected", verdict().expected()[variable], ""));
    interval(text, account, variable);
    String scaler =
        Double.isNaN(account.centre())
            ? "had no value yet"
            : format("± %.6g, a step of %.6g", account.spread(), account.stride());
    text.append(line("level", account.centre(), scaler));
    text.append(format("  %-16s %s%n", "season", season(account)));
    for (Voice voice : account.voices()) {
      if (!Double.isNaN(voice.said())) {
        String share = format("counts %.1f %%", 100 * voice.share());
        text.append(line(voice.name(), voice.said(), share));
      }
    }
    if (account.correction() != 0) {
      text.append(line("correction", account.correction(), "in view of the last errors"));
    }
    tests(
        text,
        findings.get(variable),
        verdict().actual()[variable] - verdict().expected()[variable]);
    before(text, variable);
  }

  private void interval(StringBuilder text, Account account, int variable) {
    String interval =
        format(
            "%.6g to %.6g, %.6g below and %.6g above, %.0f %% of it as the network has it",
            verdict().lower()[variable],
            verdict().upper()[variable],
            account.below(),
            account.above(),
            100 * account.network());
    boolean none = Double.isNaN(verdict().expected()[variable]);
    text.append(format("  %-16s %s%n", "interval", none ? "none yet" : interval));
    String held =
        Double.isNaN(account.coverage())
            ? "none scored yet"
            : format("%.2f %% held so far", 100 * account.coverage());
    text.append(format("  %-16s %.2f %% promised, %s%n", "", 100 * promised, held));
    text.append(
        format("  %-16s %.1f %%%n", "contribution", 100 * verdict().contribution()[variable]));
  }

  private void before(StringBuilder text, int variable) {
    text.append("  before it       ");
    for (Reading reading : before) {
      double value = reading.values()[variable];
      text.append(Double.isNaN(value) ? " –" : format(" %.6g", value));
    }
    text.append('\n');
  }

  /** What each test saw, and what it made of it. */
  private static void tests(StringBuilder text, Finding finding, double error) {
    Symptoms seen = finding.symptoms();
    text.append(line("error", error, format("%.2f spreads", error / seen.spread())));
    text.append(
        format(
            "  %-16s %.2f spreads aside, %.2f in size%n", "of late", seen.run(), seen.trembling()));
    text.append(format("  %-16s %d readings in a row%n", "repeated", seen.still()));
    if (seen.told() + seen.held() > 0) {
      String settled =
          seen.undecided() > 0
              ? seen.undecided() + " readings until it is settled"
              : seen.told() < seen.held() ? "a new level" : "no new level";
      String apart = format("%.6g off it, %.6g off what was expected", seen.told(), seen.held());
      text.append(format("  %-16s %s: %s%n", "since a leap", apart, settled));
    }
    StringJoiner tests = new StringJoiner(", ");
    finding.tests().forEach((kind, found) -> tests.add(format("%s %.2f", kind.word(), found)));
    text.append(format("  %-16s %s%n", "evidence", tests.length() == 0 ? "none" : tests));
  }

  private static String season(Account account) {
    return account.period() == 1 ? "none found" : account.period() + " readings";
  }

  private static String line(String what, double value, String more) {
    String number = Double.isNaN(value) ? "nothing" : format("%.6g", value);
    return format("  %-16s %-12s %s", what, number, more).stripTrailing() + "\n";
  }

  @Override
  public String json() {
    ObjectNode root = ruling.json();
    root.put("promised", promised);
    ArrayNode all = root.putArray("variables");
    for (int variable = 0; variable < variables.size(); variable++) {
      int one = variable;
      ObjectNode node = all.addObject();
      node.put("name", variables.get(variable));
      Ruling.number(node, "read", verdict().actual()[variable]);
      Ruling.number(node, "expected", verdict().expected()[variable]);
      Ruling.number(node, "lower", verdict().lower()[variable]);
      Ruling.number(node, "upper", verdict().upper()[variable]);
      Ruling.number(node, "contribution", verdict().contribution()[variable]);
      node.set("account", JSON.valueToTree(findings.get(variable).account()));
      node.set("symptoms", JSON.valueToTree(findings.get(variable).symptoms()));
      ObjectNode tests = node.putObject("tests");
      findings.get(variable).tests().forEach((kind, found) -> tests.put(kind.word(), found));
      ArrayNode values = node.putArray("before");
      before.forEach(reading -> values.add(reading.values()[one]));
    }
    return root.toPrettyString();
  }
}
