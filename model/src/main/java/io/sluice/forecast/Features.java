package io.sluice.forecast;

import io.sluice.symbols.Symbols;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The inputs of the network at one step, in one order that a release carries and that is checked against this.
 *
 * <pre>
 *   for each variable   name            spreads from the centre, of the forecast in its stead where missing
 *                       name:change     strides from the value before
 *                       name:missing    1 where missing, else 0
 *   irregular sampling  since           ln of the time since the last step, in typical intervals
 *   for each cycle      day:sin …:cos   where the clock of the series' own zone stands in it
 *   for each covariate  name            spreads from the centre, of the last one known where missing
 * </pre>
 *
 * <p>Of a series of symbols, {@code name=symbol}, 1 for the one that came and 0 for all others, and {@code since}.
 */
final class Features {
  /** Logarithms of times stay within this. */
  private static final double MOST = 5;

  private static final String SINCE = "since";

  private final ForecastPlan plan;
  private final Map<ZoneId, LocalClock> clocks = new HashMap<>();
  private final int variables;
  private final int channels;
  private final Waves waves;
  private final boolean irregular;
  private final int places;

  private LocalClock clock;

  Features(ForecastPlan plan) {
    this.plan = plan;
    variables = plan.variables().size();
    channels = variables + plan.covariates().size();
    waves = new Waves(plan.calendar());
    irregular = !plan.timing().aligned();
    places = plan.symbols().places();
  }

  static List<String> names(
      List<String> variables, Timing timing, List<Cycle> calendar, List<String> covariates) {
    List<String> names = new ArrayList<>();
    for (String variable : variables) {
      names.add(variable);
      names.add(variable + ":change");
      names.add(variable + ":missing");
    }
    if (!timing.aligned()) {
      names.add(SINCE);
    }
    for (Cycle cycle : calendar) {
      names.add(cycle.word() + ":sin");
      names.add(cycle.word() + ":cos");
    }
    names.addAll(covariates);
    return List.copyOf(names);
  }

  static List<String> names(String variable, Symbols symbols) {
    List<String> names = new ArrayList<>();
    for (int place = 0; place < symbols.places(); place++) {
      names.add(variable + "=" + symbols.name(place));
    }
    names.add(SINCE);
    return List.copyOf(names);
  }

  int size() {
    return plan.inputs().size();
  }

  /** What follows is of that series. */
  Features of(String series) {
    clock = clocks.computeIfAbsent(plan.timing().zones().of(series), LocalClock::new);
    return this;
  }

  /** Of the newest step of a memory. */
  void fill(Memory memory, float[] x) {
    fill(memory, 0, memory.time(), x);
  }

  /** Of the step {@code ago} back, which was at {@code time}. */
  void fill(Memory memory, int ago, long time, float[] x) {
    if (places > 0) {
      spell(memory, ago, x);
      return;
    }
    Context context = memory.context();
    int i = 0;
    for (int variable = 0; variable < variables; variable++) {
      x[i++] = context.level(ago, variable);
      x[i++] = context.change(ago, variable);
      x[i++] = context.missing(ago, variable) ? 1 : 0;
    }
    if (irregular) {
      x[i++] = since(context.elapsed(ago), memory.pace().typical());
    }
    i = waves.fill(clock.local(time), x, i);
    for (int channel = variables; channel < channels; channel++) {
      x[i++] = context.level(ago, channel);
    }
  }

  private void spell(Memory memory, int ago, float[] x) {
    Arrays.fill(x, 0);
    x[memory.transcript().last(ago)] = 1;
    x[places] = since(memory.context().elapsed(ago), memory.pace().typical());
  }

  private static float since(long millis, double typical) {
    if (millis <= 0 || typical <= 0) {
      return 0;
    }
    return (float) Math.max(-MOST, Math.min(MOST, StrictMath.log(millis / typical)));
  }
}
