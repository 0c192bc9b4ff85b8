package io.sluice.backtest;

import io.sluice.connectors.files.Columns;
import io.sluice.forecast.ForecastPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What to run over and what to score.
 *
 * @param series whose readings count, where the file has several
 * @param train readings, or their share below 1, whose mean and deviation scale the errors and which are not scored
 * @param valid the same for those after them, not scored either
 * @param test readings after those, all that follow if 0; the file is not read further
 * @param horizon leads that are written and reported
 * @param history last values from which the cheap forecasters learn
 * @param production what a job forecasts by its settings, which has a history and leads of its own; none for the standard
 * @param retrainEvery readings between two rounds of the network's learning, the first being held after the training part;
 *     {@code WHEN_GROWN} for whenever the past has grown by half, {@code NEVER} for no network
 */
public record BacktestPlan(
    Path data,
    Columns columns,
    Optional<String> series,
    double train,
    double valid,
    int test,
    List<Integer> horizon,
    int history,
    Optional<ForecastPlan> production,
    int retrainEvery,
    Path out) {
  public static final int WHEN_GROWN = 0;
  public static final int NEVER = -1;

  /** Above this, errors through a lead are not known: only the leads asked for are forecast. */
  private static final int MOST_LEADS = 96;

  public BacktestPlan {
    horizon = horizon.stream().distinct().sorted().toList();
    if (horizon.isEmpty() || horizon.get(0) < 1) {
      throw new IllegalArgumentException(
          "leads of %s steps, expected 1 or more".formatted(horizon));
    }
    part("train", train);
    part("valid", valid);
    if (production.isPresent() && !production.get().horizon().leads().containsAll(horizon)) {
      throw new IllegalArgumentException(
          "leads of %s steps; by the settings it forecasts %s"
              .formatted(horizon, production.get().horizon().leads()));
    }
    if (test < 0) {
      throw new IllegalArgumentException("test is %d rows, expected 0 or more".formatted(test));
    }
    if (retrainEvery < NEVER) {
      throw new IllegalArgumentException(
          "rounds of learning every %d readings, expected 0 or more".formatted(retrainEvery));
    }
  }

  /** What is forecast of the file. */
  ForecastPlan forecasts() {
    return production.orElseGet(() -> Backtest.forecasts(columns, horizon, history));
  }

  private static void part(String name, double part) {
    if (!(part >= 0) || part > 1 && part != Math.rint(part)) {
      throw new IllegalArgumentException(
          "%s is %s, expected a share below 1 or a whole number of rows".formatted(name, part));
    }
  }

  /** Every lead up to the furthest where that is feasible. */
  static List<Integer> leads(List<Integer> asked) {
    List<Integer> sorted = asked.stream().distinct().sorted().toList();
    int furthest = sorted.get(sorted.size() - 1);
    return furthest > MOST_LEADS ? sorted : IntStream.rangeClosed(1, furthest).boxed().toList();
  }

  /** Where the networks go that were learnt. */
  public Path weights() {
    return out.resolve("weights");
  }

  int trained(int rows) {
    return rows(train, rows);
  }

  /** The first reading that is scored. */
  int begin(int rows) {
    return Math.min(rows, rows(train, rows) + rows(valid, rows));
  }

  /** How many readings of the file are used. */
  int used(int rows) {
    if (begin(rows) == rows) {
      throw new IllegalStateException(
          "%s holds %,d readings, all of them within --train and --valid: leave some to be scored"
              .formatted(data, rows));
    }
    return test == 0 ? rows : Math.min(rows, begin(rows) + test);
  }

  /** How many readings the network first learns from, {@code NEVER} for no network. */
  int firstRound(int rows) {
    return retrainEvery == NEVER || trained(rows) == 0 ? NEVER : trained(rows);
  }

  /** How many readings the round after the one at {@code reading} learns from. */
  int roundAfter(int reading) {
    return reading + (retrainEvery == WHEN_GROWN ? (reading + 1) / 2 : retrainEvery);
  }

  private static int rows(double part, int rows) {
    return part < 1 ? (int) (part * rows) : (int) Math.min(part, rows);
  }
}
