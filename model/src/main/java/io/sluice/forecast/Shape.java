package io.sluice.forecast;

import io.sluice.online.EnsemblePlan;
import io.sluice.online.Regression;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The sizes of a memory's parts, so that its bytes can be read without the plan that they were written under.
 *
 * <pre>
 *   plan i32 │ variables u16 │ covariates u16 │ depth i32 │ context i32 │ leads u16 │ lead i32 ... │ history i32
 *   │ symbols u16, where there are no variables
 * </pre>
 *
 * @param plan fingerprint of all that the parts' meaning hangs on: the same sizes under other names fit nothing
 * @param depth last values kept
 * @param context last inputs kept
 * @param history last values that the cheap forecasters of each variable keep; 0 where there are none
 * @param symbols places of a series of symbols, which has no variables; 0 for one of numbers
 * @param regression that a memory begins with; no part of the bytes, whose parts tell the order that they were written with
 */
record Shape(
    int plan,
    int variables,
    int covariates,
    int depth,
    int context,
    int[] leads,
    int history,
    int symbols,
    Regression regression) {
  /** Far above any sensible memory: what a forged length can make us allocate. */
  private static final long MOST_NUMBERS = 1 << 24;

  static Shape of(ForecastPlan plan) {
    if (plan.symbols().any()) {
      return ofSymbols(plan);
    }
    int furthest = plan.horizon().furthest();
    Shape shape =
        new Shape(
            fingerprint(plan),
            plan.variables().size(),
            plan.covariates().size(),
            Math.max(Math.max(furthest + 1, plan.season()), Normaliser.OPENING),
            plan.context(),
            plan.horizon().leads().stream().mapToInt(Integer::intValue).toArray(),
            plan.history(),
            0,
            plan.regression());
    return shape.bounded();
  }

  private static Shape ofSymbols(ForecastPlan plan) {
    int print = List.of(plan.symbols().names(), plan.context()).hashCode();
    int places = plan.symbols().places();
    int[] none = {};
    return new Shape(print, 0, 0, 1, plan.context(), none, 0, places, Regression.STANDARD)
        .bounded();
  }

  /** What could not be read again is not begun. */
  private Shape bounded() {
    if (numbers() > MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "a series' memory would hold %d numbers, at most %d: take nearer leads, or less context, season or history"
              .formatted(numbers(), MOST_NUMBERS));
    }
    return this;
  }

  private static int fingerprint(ForecastPlan plan) {
    int order = plan.regression().order();
    int sizes = sizes(plan);
    return order == Regression.STANDARD.order() ? sizes : 31 * sizes + order;
  }

  private static int sizes(ForecastPlan plan) {
    return List.of(
            plan.variables(),
            plan.covariates(),
            plan.horizon().leads(),
            plan.horizon().quantiles(),
            plan.timing().interval().toMillis(),
            plan.context(),
            plan.season())
        .hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that
        && plan == that.plan
        && variables == that.variables
        && covariates == that.covariates
        && depth == that.depth
        && context == that.context
        && history == that.history
        && symbols == that.symbols
        && Arrays.equals(leads, that.leads);
  }

  @Override
  public int hashCode() {
    return plan;
  }

  EnsemblePlan ensemble() {
    List<Integer> ahead = Arrays.stream(leads).boxed().toList();
    return EnsemblePlan.of(ahead, history, variables, regression);
  }

  int channels() {
    return variables + covariates;
  }

  /** Forecasts that wait for their reading, over all leads. */
  int outstanding() {
    int sum = 0;
    for (int lead : leads) {
      sum += lead;
    }
    return sum;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(plan);
    out.writeShort(variables);
    out.writeShort(covariates);
    out.writeInt(depth);
    out.writeInt(context);
    out.writeShort(leads.length);
    Numbers.write(out, leads);
    out.writeInt(history);
    if (variables == 0) {
      out.writeShort(symbols);
    }
  }

  static Shape read(DataInput in) throws IOException {
    int plan = in.readInt();
    int variables = in.readUnsignedShort();
    int covariates = in.readUnsignedShort();
    int depth = in.readInt();
    int context = in.readInt();
    int[] leads = new int[in.readUnsignedShort()];
    Numbers.read(in, leads);
    int history = in.readInt();
    int symbols = variables == 0 ? in.readUnsignedShort() : 0;
    Regression unknown = Regression.STANDARD;
    Shape shape =
        new Shape(plan, variables, covariates, depth, context, leads, history, symbols, unknown);
    shape.check();
    return shape;
  }

  private void check() throws IOException {
    for (int lead : leads) {
      if (lead < 1 || lead >= depth) {
        throw new IOException("a memory's lead of %d, its depth being %d".formatted(lead, depth));
      }
    }
    if (variables + symbols < 1 || context < 1 || history < 0) {
      throw new IOException(
          "a memory of %d variables, %d inputs and a history of %d"
              .formatted(variables, context, history));
    }
    if (numbers() > MOST_NUMBERS) {
      throw new IOException(
          "a memory of %d numbers, at most %d are taken".formatted(numbers(), MOST_NUMBERS));
    }
  }

  private long numbers() {
    long waiting = 0;
    for (int lead : leads) {
      waiting += lead;
    }
    long each = 3 * Math.min(waiting, MOST_NUMBERS) + depth + context;
    return each * channels() + context + 3L * history * variables;
  }
}
