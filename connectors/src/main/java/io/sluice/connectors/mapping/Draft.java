package io.sluice.connectors.mapping;

import io.sluice.connectors.Unreadable;
import io.sluice.forecast.Reading;
import io.sluice.symbols.Symbols;
import java.util.Arrays;

/** A reading in the making: slots filled in whatever order a message has them. Scratch, one for each decoder. */
final class Draft {
  private static final int MAX_SERIES = 512;

  private final Plan plan;
  private final TimeForm form;
  private final Symbols symbols;
  private String series;
  private boolean timed;
  private long time;
  private double[] values;
  private double[] covariates;

  Draft(Mapping mapping) {
    plan = mapping.plan();
    form = mapping.form();
    symbols = mapping.symbols();
  }

  void clear() {
    series = "";
    timed = false;
    values = new double[plan.variables()];
    covariates = new double[plan.covariates()];
    Arrays.fill(values, Double.NaN);
    Arrays.fill(covariates, Double.NaN);
  }

  void text(Plan.Node leaf, String text) throws Unreadable {
    switch (leaf.slot()) {
      case Plan.SERIES -> series = text;
      case Plan.TIME -> time(form.millis(text));
      default -> value(leaf, symbols.any() ? symbol(text) : Numbers.parse(leaf.path, text));
    }
  }

  void whole(Plan.Node leaf, long number) throws Unreadable {
    switch (leaf.slot()) {
      case Plan.SERIES -> series = Long.toString(number);
      case Plan.TIME -> time(form.millis(number));
      default -> value(leaf, symbols.any() ? symbol(Long.toString(number)) : number);
    }
  }

  void number(Plan.Node leaf, double number) throws Unreadable {
    switch (leaf.slot()) {
      case Plan.SERIES ->
          throw new Unreadable("%s is %s, expected a name".formatted(leaf.path, number));
      case Plan.TIME -> time(form.millis(number));
      default -> value(leaf, number);
    }
  }

  private void value(Plan.Node leaf, double number) throws Unreadable {
    if (Double.isInfinite(number)) {
      throw new Unreadable(leaf.path + " is not finite");
    }
    int index = leaf.slot() - Plan.VALUES;
    if (index < values.length) {
      values[index] = number;
    } else {
      covariates[index - values.length] = number;
    }
  }

  private double symbol(String text) {
    return text.isBlank() ? Double.NaN : symbols.place(text);
  }

  void series(String name) {
    series = name;
  }

  void time(long millis) {
    time = millis;
    timed = true;
  }

  /** Milliseconds since 1970 as a clock on the wall of the settings' zone counts them. */
  void localTime(long millis) throws Unreadable {
    time(form.fromLocal(TimeForm.MILLIS.millis(millis)));
  }

  /** The reading, once a message has been walked. */
  Reading reading(long arrived) throws Unreadable {
    if (series == null || series.isEmpty()) {
      throw new Unreadable("the series is missing");
    }
    if (series.length() > MAX_SERIES) {
      throw new Unreadable(
          "the series' name has %d characters, at most %d".formatted(series.length(), MAX_SERIES));
    }
    if (!timed) {
      throw new Unreadable("the time is missing");
    }
    return new Reading(series, time, arrived, values, covariates);
  }
}
