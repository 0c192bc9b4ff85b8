package io.sluice.backtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The readings that stood out, each with what was said of it. */
final class Moments {
  private static final int MOST = 1000;

  /** A thousand times less likely than not. */
  private static final double SURPRISING = 0.5;

  private final List<Moment> all = new ArrayList<>();
  private int alerts;

  /** A reading that stood out; its number in the file, and what was said. */
  record Moment(int reading, Verdict verdict) {
    double surprise() {
      return verdict.surprise();
    }
  }

  void verdict(int reading, Verdict verdict) {
    alerts += verdict.alert() ? 1 : 0;
    if (verdict.alert() || verdict.kind() != Kind.NORMAL || verdict.surprise() >= SURPRISING) {
      all.add(new Moment(reading, verdict));
    }
  }

  int alerts() {
    return alerts;
  }

  /** The most surprising of them, in the order of the file. */
  void write(ArrayNode moments) {
    all.stream()
        .sorted(Comparator.comparing(Moment::surprise).reversed())
        .limit(MOST)
        .sorted(Comparator.comparing(Moment::reading))
        .forEach(moment -> write(moment, moments.addObject()));
  }

  private static void write(Moment moment, ObjectNode node) {
    Verdict verdict = moment.verdict();
    int variable = foremost(verdict);
    node.put("row", moment.reading());
    node.put("series", verdict.series());
    node.put("time", verdict.time());
    node.put("variable", variable);
    node.put("kind", verdict.kind().word());
    node.put("surprise", Math.round(verdict.surprise() * 1000) / 1000.0);
    node.put("alert", verdict.alert());
    node.put("reason", verdict.reason());
    number(node, "value", verdict.actual()[variable]);
    number(node, "expected", verdict.expected()[variable]);
    number(node, "lower", verdict.lower()[variable]);
    number(node, "upper", verdict.upper()[variable]);
  }

  private static void number(ObjectNode node, String name, double number) {
    if (Double.isFinite(number)) {
      node.put(name, (float) number);
    }
  }

  private static int foremost(Verdict verdict) {
    int foremost = 0;
    for (int variable = 1; variable < verdict.contribution().length; variable++) {
      boolean more = verdict.contribution()[variable] > verdict.contribution()[foremost];
      foremost = more ? variable : foremost;
    }
    return foremost;
  }
}
